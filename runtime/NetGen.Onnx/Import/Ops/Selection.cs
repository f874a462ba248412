using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Ops that take parts of tensors, or put tensors together.</summary>
internal static class Selection
{
    public static void Concat(NodeContext c)
    {
        IReadOnlyList<TensorValue> values = c.Values();
        int axis = NodeContext.Axis(c.Integer("axis", 1), values[0].Rank);
        if (values.All(v => v is ConstantValue))
        {
            c.Set(ConstantMath.Concat([.. values.Cast<ConstantValue>()], axis));
            return;
        }

        if (values.Any(v => v is SizesValue))
        {
            c.Set(SizesValue.Of([.. values.SelectMany(v => SizesValue.Read(v) ?? throw new ConversionException("it computes with sizes that are known only at run time."))]));
            return;
        }

        if (values.Count == 1)
        {
            c.Set(values[0]);
            return;
        }

        if (values.Any(v => v.Rank != values[0].Rank))
        {
            throw new ConversionException("it concatenates tensors of different ranks.");
        }

        TapValue[] taps = [.. values.OfType<TapValue>().Select(c.Writer.Straighten)];
        TapValue main = taps.MaxBy(t => t.Dims.Count(d => !d.IsOne))!;
        int batch = main.BatchAxis;
        if (taps.Any(t => t.BatchAxis != batch) || axis == batch)
        {
            throw new BatchException("It concatenates samples.");
        }

        List<int> order = [.. main.Order];
        foreach (int a in Enumerable.Range(0, main.Rank).Where(a => !order.Contains(a) && (a == axis || values.Any(v => !v.Dims[a].IsOne))))
        {
            int before = Enumerable.Range(0, a).Reverse().FirstOrDefault(order.Contains, -1);
            order.Insert(before < 0 ? (batch >= 0 ? 1 : 0) : order.IndexOf(before) + 1, a);
        }

        int front = batch >= 0 ? 0 : 1, at = order.IndexOf(axis) + front;
        string[] names = [.. values.Select(v => v is TapValue tap ? c.Writer.Arrange(tap, order).Name : Full((ConstantValue)v))];
        List<(string, ArgumentValue)> arguments = at == order.Count + front - 1 ? [] : [("Axis", new IntegerValue(at))];
        int[] axes = [.. Enumerable.Range(0, main.Rank).Select(a => order.IndexOf(a) is >= 0 and var p ? p + front : -1)];
        c.Set(c.Writer.Value(c.Writer.Apply("Concatenate", names, c.Name, [.. arguments]), axes, main.Type) with { IsNonNegative = values.All(v => v is TapValue { IsNonNegative: true }) });

        // Of full rank, with 1 in the place of the batch.
        string Full(ConstantValue constant)
        {
            if (batch >= 0 && constant.Shape[batch] != 1)
            {
                throw new BatchException("A constant has a size along the batch.");
            }

            int[] rest = [.. order.Where(a => a != batch)];
            ConstantValue moved = Broadcasting.Arrange(constant, rest, constant.Rank);
            return c.ConstantTap(moved.Reshaped([1, .. rest.Select(a => constant.Shape[a])]));
        }
    }

    public static void Split(NodeContext c)
    {
        TapValue x = c.Plain(0);
        int axis = NodeContext.Axis(c.Integer("axis", 0), x.Rank);
        int count = c.Node.Output.Count;
        int size = x.Dims[axis].IsConstant ? (int)x.Dims[axis].Constant : throw new BatchException("It splits a size that is known only at run time.");
        int[] sizes = (c.Opset < 13 ? c.Integers("split") : c.Has(1) ? c.Integers(1) : null) ?? Equal();
        if (sizes.Length != count || sizes.Sum() != size || sizes.Any(s => s < 0))
        {
            throw new ConversionException($"it splits {size} into {string.Join(" + ", sizes)} for {count} outputs.");
        }

        for (int i = 0, start = 0; i < count; start += sizes[i++])
        {
            if (c.Needs(i))
            {
                c.Set(i, sizes[i] == 0 ? throw new ConversionException($"its output '{c.Node.Output[i]}' has no elements.") : Slice(c, x, [(axis, start, start + sizes[i], 1)]));
            }
        }

        int[] Equal()
        {
            int part = (size + count - 1) / count;
            return [.. Enumerable.Range(0, count).Select(i => Math.Clamp(size - (i * part), 0, part))];
        }
    }

    public static void Slice(NodeContext c)
    {
        TensorValue x = c.Value(0);
        bool isOld = c.Opset < 10;
        long[] starts = Numbers("starts", 1), ends = Numbers("ends", 2);
        int[] axes = isOld ? c.Integers("axes") ?? [.. Enumerable.Range(0, starts.Length)] : c.Has(3) ? c.Integers(3) : [.. Enumerable.Range(0, starts.Length)];
        long[] steps = !isOld && c.Has(4) ? c.Constant(4).Longs() : [.. Enumerable.Repeat(1L, starts.Length)];
        if (starts.Length != ends.Length || starts.Length != axes.Length || starts.Length != steps.Length || steps.Contains(0))
        {
            throw new ConversionException("its starts, ends, axes and steps do not fit together.");
        }

        axes = NodeContext.Axes(axes, x.Rank);
        List<(int Axis, int Start, int End, int Step)> parts = [];
        for (int i = 0; i < axes.Length; i++)
        {
            Size dim = x.Dims[axes[i]];
            if (!dim.IsConstant)
            {
                if (starts[i] == 0 && steps[i] == 1 && (ends[i] >= int.MaxValue || (dim == Size.Batch && ends[i] == c.Samples)))
                {
                    continue;
                }

                throw dim == Size.Batch ? new BatchException("It slices the batch.") : new ConversionException($"it slices the axis {axes[i]}, whose size is known only at run time.");
            }

            long size = dim.Constant, start = starts[i] < 0 ? starts[i] + size : starts[i], end = ends[i] < 0 && ends[i] >= -size ? ends[i] + size : ends[i];
            (start, end) = steps[i] > 0 ? (Math.Clamp(start, 0, size), Math.Clamp(end, 0, size)) : (Math.Clamp(start, 0, size - 1), Math.Clamp(end, -1, size - 1));
            long count = Math.Max(0, steps[i] > 0 ? (end - start + steps[i] - 1) / steps[i] : (start - end - steps[i] - 1) / -steps[i]);
            long step = Math.Clamp(steps[i], -size, size);
            step = step == 0 ? 1 : step;
            if (count < size || step < 0)
            {
                parts.Add((axes[i], (int)start, (int)(start + (count * step)), (int)step));
            }
        }

        switch (x)
        {
            case ConstantValue constant:
                foreach ((int axis, int start, int end, int step) in parts)
                {
                    constant = ConstantMath.Take(constant, axis, Indices(start, end, step), [Indices(start, end, step).Length]);
                }

                c.Set(constant);
                break;
            case SizesValue sizes:
                c.Set(parts.Count == 0 ? sizes : SizesValue.Of([.. Indices(parts[0].Start, parts[0].End, parts[0].Step).Select(i => sizes.Values[i])]));
                break;
            default:
                c.Set(Slice(c, c.Plain(0), parts));
                break;
        }

        long[] Numbers(string name, int input) => isOld
            ? c.Integers(name)?.Select(i => (long)i).ToArray() ?? throw new ConversionException($"its {name} are missing.")
            : SizesValue.Read(c.Raw(input)) is { } sizes && c.Raw(input) is not ConstantValue
                ? [.. sizes.Select(s => s.IsConstant ? s.Constant : throw new ConversionException($"its {name} depend on sizes that are known only at run time."))]
                : c.Constant(input).Longs();
    }

    /// <summary>Parts along some axes, from a start to an end outside of it, which may be -1 before the first.</summary>
    public static TapValue Slice(NodeContext c, TapValue x, IReadOnlyList<(int Axis, int Start, int End, int Step)> parts)
    {
        if (parts.Any(p => p.Start == p.End))
        {
            throw new ConversionException("it takes no element; NetGen's sizes are at least 1.");
        }

        parts = [.. parts.Where(p => !x.Dims[p.Axis].IsOne || p.Step < 0).Where(p => !x.Dims[p.Axis].IsOne)];
        if (parts.Count == 0)
        {
            return x;
        }

        // An end before the first element is one that no index reaches, however negative ones are counted.
        List<(string, ArgumentValue)> arguments =
        [
            ("Starts", TapeWriter.Integers(parts.Select(p => p.Start))),
            ("Ends", TapeWriter.Integers(parts.Select(p => p.End < 0 ? int.MinValue + 1 : p.End))),
            ("Axes", TapeWriter.Integers(parts.Select(p => NodeContext.Physical(x, p.Axis)))),
        ];
        if (parts.Any(p => p.Step != 1))
        {
            arguments.Add(("Steps", TapeWriter.Integers(parts.Select(p => p.Step))));
        }

        string tap = c.Writer.Apply("Ops.Slice", [x.Name], null, [.. arguments]);
        return c.Writer.Value(tap, x.Axes, x.Type) with { IsNonNegative = x.IsNonNegative };
    }

    public static void Gather(NodeContext c)
    {
        TensorValue data = c.Value(0), indices = c.Value(1);
        int axis = NodeContext.Axis(c.Integer("axis", 0), data.Rank);
        if (indices is ConstantValue constant && data.Dims[axis].IsConstant)
        {
            int size = (int)data.Dims[axis].Constant;
            int[] at = Array.ConvertAll(constant.Longs(), i => i < 0 ? i + size : i) is var wide && wide.All(i => i >= 0 && i < size) ? Array.ConvertAll(wide, i => (int)i)
                : throw new ConversionException($"its indices leave the {size} elements of axis {axis}.");
            switch (data)
            {
                case ConstantValue known:
                    c.Set(ConstantMath.Take(known, axis, at, constant.Shape));
                    return;
                case SizesValue sizes:
                    c.Set(SizesValue.Of([.. at.Select(i => sizes.Values[i])], isScalar: constant.Rank == 0));
                    return;
            }

            if (at.Length == 1)
            {
                // One element: the axis goes, or stays as often as the index has axes.
                TapValue one = Slice(c, c.Plain(0), [(axis, at[0], at[0] + 1, 1)]);
                one = one.Axes[axis] == 0 ? throw new BatchException("It takes one sample.") : one;
                c.Set(one with { Axes = one.Axes.Take(axis).Concat(Enumerable.Repeat(-1, constant.Rank)).Concat(one.Axes.Skip(axis + 1)).ToEquatableArray() });
                return;
            }
        }

        GatherAtRunTime(c, data, indices, axis);
    }

    public static void GatherElements(NodeContext c)
    {
        TensorValue data = c.Value(0), indices = c.Value(1);
        int axis = NodeContext.Axis(c.Integer("axis", 0), data.Rank);
        (TapValue? x, TapValue? i) = (data as TapValue, indices as TapValue);
        int batch = (x ?? i)!.BatchAxis;
        if ((x is not null && i is not null && i.BatchAxis != batch) || axis == batch || (batch >= 0 && (x ?? (TensorValue)i!, x is null ? data : indices) is (_, ConstantValue known) && known.Shape[batch] != 1))
        {
            throw new BatchException("It gathers among samples.");
        }

        int[] order = batch >= 0 ? [batch, .. Enumerable.Range(0, data.Rank).Where(a => a != batch)] : [.. Enumerable.Range(0, data.Rank)];
        int front = batch >= 0 ? 0 : 1;
        string tap = c.Writer.Apply("Ops.GatherElements", [On(data), On(indices)], null, ("Axis", new IntegerValue(Array.IndexOf(order, axis) + front)));
        c.Set(c.Writer.Value(tap, Enumerable.Range(0, data.Rank).Select(a => Array.IndexOf(order, a) + front), data.Type));

        string On(TensorValue value) => value is TapValue t ? c.Writer.Arrange(t, order).Name
            : c.ConstantTap(((ConstantValue)value).Transposed(order).Reshaped([1, .. order.Where(a => a != batch).Select(a => ((ConstantValue)value).Shape[a])]));
    }

    public static void Pad(NodeContext c)
    {
        TapValue x = c.Plain(0);
        int[] given = (c.Opset < 11 ? c.Integers("pads") : c.Integers(1)) ?? throw new ConversionException("its pads are missing.");
        int[] axes = c.Opset >= 18 && c.Has(3) ? NodeContext.Axes(c.Integers(3), x.Rank) : [.. Enumerable.Range(0, x.Rank)];
        double value = c.Opset < 11 ? c.Number("value", 0) : c.OptionalConstant(2) is { Count: > 0 } number ? number.Data()[0] : 0;
        string mode = c.Text("mode", "constant");
        if (given.Length != 2 * axes.Length)
        {
            throw new ConversionException($"it has {given.Length} pads for {axes.Length} axes.");
        }

        (int Before, int After)[] pads = new (int, int)[x.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            pads[axes[i]] = (given[i], given[axes.Length + i]);
        }

        int[] padded = [.. Enumerable.Range(0, x.Rank).Where(a => pads[a] != (0, 0))];
        if (x.BatchAxis >= 0 && padded.Contains(x.BatchAxis))
        {
            throw new BatchException("It pads the batch.");
        }

        if (padded.Length == 0)
        {
            c.Set(x);
            return;
        }

        x = c.Show(x, padded);
        (int Before, int After)[] physical = new (int, int)[x.Physical.Rank];
        foreach (int a in padded)
        {
            physical[x.Axes[a]] = pads[a];
        }

        c.Set(c.Writer.Value(Pad(c, x, physical, mode, value), x.Axes, x.Type) with { IsNonNegative = x.IsNonNegative && value >= 0 });
    }

    /// <summary>The tap with elements around it, by the tape's axes.</summary>
    public static string Pad(NodeContext c, TapValue x, (int Before, int After)[] pads, string mode, double value)
    {
        int rank = x.Physical.Rank;
        bool isMap = rank is 3 or 4 && mode == "constant" && value == 0 && pads.All(p => p.Before >= 0 && p.After >= 0) && pads[0] == (0, 0) && pads[^1] == (0, 0);
        if (isMap)
        {
            (int Before, int After)[] margins = pads[1..^1];
            return rank == 3
                ? c.Writer.Apply("ZeroPadding1D", [x.Name], null, ("Padding", margins[0].Before == margins[0].After ? new IntegerValue(margins[0].Before) : TapeWriter.Integers(margins[0].Before, margins[0].After)))
                : c.Writer.Apply("ZeroPadding2D", [x.Name], null, ("Padding", Margins(margins)));
        }

        List<(string, ArgumentValue)> arguments = [("Pads", TapeWriter.Integers([.. pads.Skip(1).Select(p => p.Before), .. pads.Skip(1).Select(p => p.After)]))];
        if (mode != "constant")
        {
            arguments.Add(("Mode", new EnumValue("PadMode", mode switch
            {
                "reflect" => "Reflect",
                "edge" => "Edge",
                "wrap" => "Wrap",
                _ => throw new ConversionException($"its mode is '{mode}'."),
            })));
        }
        else if (value != 0)
        {
            arguments.Add(("Value", new NumberValue(value)));
        }

        return c.Writer.Apply("Ops.Pad", [x.Name], null, [.. arguments]);
    }

    /// <summary>Keras's margins of a map: one number, one for each axis, or four.</summary>
    public static ArgumentValue Margins((int Before, int After)[] margins) =>
        margins.Any(m => m.Before != m.After) ? TapeWriter.Integers(margins.SelectMany(m => new[] { m.Before, m.After })) : TapeWriter.Same([.. margins.Select(m => m.Before)]);

    public static void Range(NodeContext c)
    {
        (double start, double limit, double delta) = (c.Constant(0).Data()[0], c.Constant(1).Data()[0], c.Constant(2).Data()[0]);
        double count = delta == 0 ? throw new ConversionException("its step is 0.") : Math.Max(0, Math.Ceiling((limit - start) / delta));
        int size = count <= 1 << 26 ? (int)count : throw new ConversionException($"it makes {count} numbers.");
        c.Set(ConstantValue.Of(c.Constant(0).Type, [size], [.. Enumerable.Range(0, size).Select(i => start + (i * delta))]));
    }

    public static void Constant(NodeContext c)
    {
        if (c.Find("value") is { T: { } tensor })
        {
            try
            {
                c.Set(ConstantValue.Of(OnnxTensor.Check(tensor, c.Folder, c.Name)));
                return;
            }
            catch (FormatException e)
            {
                throw new ConversionException(e.Message + ".");
            }
        }

        if (c.Find("value_float") is { } number)
        {
            c.Set(ConstantValue.Of(DataType.Float, [], [number.F]));
        }
        else if (c.Find("value_int") is { } integer)
        {
            c.Set(ConstantValue.Integer(integer.I));
        }
        else if (c.Find("value_floats") is { } numbers)
        {
            c.Set(ConstantValue.Of(DataType.Float, [numbers.Floats.Count], [.. numbers.Floats.Select(f => (double)f)]));
        }
        else if (c.Find("value_ints") is { } integers)
        {
            c.Set(ConstantValue.Integers([.. integers.Ints]));
        }
        else
        {
            throw new ConversionException("its value is of a kind that is not supported (text, or sparse).");
        }
    }

    public static void ConstantOfShape(NodeContext c)
    {
        int[] shape = c.Integers(0);
        ConstantMath.Count(shape);
        try
        {
            OnnxTensor? tensor = c.Find("value") is { T: { } proto } ? OnnxTensor.Check(proto, c.Folder, c.Name) : null;
            c.Set(Shapes.Filled(tensor?.Type ?? DataType.Float, shape, tensor is null ? 0 : tensor.ReadDoubles() is [var value] ? value : throw new ConversionException("its value is not one number.")) with { Name = c.Node.Output[0] });
        }
        catch (FormatException e)
        {
            throw new ConversionException(e.Message + ".");
        }
    }

    private static void GatherAtRunTime(NodeContext c, TensorValue data, TensorValue indices, int axis)
    {
        if (indices is SizesValue || data is SizesValue)
        {
            throw new ConversionException("it computes with sizes that are known only at run time.");
        }

        if (data is ConstantValue table)
        {
            // Rows of a table by numbers: the axes of the numbers take the place of the axis.
            TapValue i = c.Writer.Straighten(c.Tap(indices));
            ConstantValue moved = table.Transposed([axis, .. Enumerable.Range(0, table.Rank).Where(a => a != axis)]);
            string tap = c.Writer.Apply("Ops.Gather", [c.ConstantTap(moved), i.Name], c.Name, ("Axis", new IntegerValue(0)));
            int rows = i.Physical.Rank;
            IEnumerable<int> rest = Enumerable.Range(rows, table.Rank - 1);
            c.Set(c.Writer.Value(tap, [.. rest.Take(axis), .. i.Axes, .. rest.Skip(axis)], data.Type));
            return;
        }

        TapValue x = c.Plain(0);
        if (indices is not ConstantValue constant)
        {
            // Each sample has indices of its own.
            TapValue at = c.Writer.Straighten(c.Tap(indices));
            if (x.BatchAxis >= 0 || at.BatchAxis >= 0)
            {
                throw new BatchException("It takes what other samples name.");
            }

            x = c.Show(x, axis);
            int place = x.Axes[axis], count = at.Physical.Rank - 1;
            string gathered = c.Writer.Apply("Ops.Gather", [x.Name, at.Name], c.Name, ("Axis", new IntegerValue(place)));
            c.Set(c.Writer.Value(gathered, [.. x.Axes.Take(axis).Select(Shift), .. at.Axes.Select(a => a < 0 ? -1 : a - 1 + place), .. x.Axes.Skip(axis + 1).Select(Shift)], x.Type));
            return;

            int Shift(int a) => a > place ? a + count - 1 : a;
        }

        x = c.Show(x, axis);
        int p = NodeContext.Physical(x, axis);
        string name = c.Writer.Apply("Ops.Gather", [x.Name, c.ConstantTap(constant)], c.Name, ("Axis", new IntegerValue(p)));
        int more = constant.Rank - 1;
        c.Set(c.Writer.Value(name, [.. x.Axes.Take(axis).Select(Move), .. Enumerable.Range(p, constant.Rank), .. x.Axes.Skip(axis + 1).Select(Move)], x.Type));

        int Move(int a) => a > p ? a + more : a;
    }

    private static int[] Indices(int start, int end, int step)
    {
        List<int> indices = [];
        for (int i = start; step > 0 ? i < end : i > end; i += step)
        {
            indices.Add(i);
        }

        return [.. indices];
    }
}
