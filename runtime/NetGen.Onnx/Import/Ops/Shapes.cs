using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Ops that move elements or only name their places anew: most of them cost nothing, as the tape's axes need not lie as the model's do.</summary>
internal static class Shapes
{
    public static void Transpose(NodeContext c)
    {
        TensorValue x = c.Value(0);
        int[] perm = c.Integers("perm") ?? [.. Enumerable.Range(0, x.Rank).Reverse()];
        if (!perm.Order().SequenceEqual(Enumerable.Range(0, x.Rank)))
        {
            throw new ConversionException($"perm ({string.Join(", ", perm)}) is no order of {x.Rank} axes.");
        }

        if (x is ConstantValue constant)
        {
            c.Set(constant.Transposed(perm));
            return;
        }

        TapValue tap = c.Plain(0);
        c.Set(tap with { Axes = perm.Select(p => tap.Axes[p]).ToEquatableArray() });
    }

    public static void Squeeze(NodeContext c)
    {
        TensorValue x = c.Value(0);
        int[]? given = c.Opset < 13 ? c.Integers("axes") : c.Has(1) ? c.Integers(1) : null;
        int[] axes = given is null ? [.. Enumerable.Range(0, x.Rank).Where(a => x.Dims[a].IsOne)] : NodeContext.Axes(given, x.Rank);
        foreach (int axis in axes)
        {
            RequireOne(c, x, axis);
        }

        int[] kept = [.. Enumerable.Range(0, x.Rank).Except(axes)];
        c.Set(x switch
        {
            ConstantValue constant => constant.Reshaped([.. kept.Select(a => constant.Shape[a])]),
            SizesValue sizes => sizes with { IsScalar = true },
            TapValue tap => Unseen(c, tap, axes) is var seen ? seen with { Axes = kept.Select(a => seen.Axes[a]).ToEquatableArray() } : tap,
            _ => throw new InvalidOperationException(),
        });
    }

    public static void Unsqueeze(NodeContext c)
    {
        TensorValue x = c.Value(0);
        int[] given = (c.Opset < 13 ? c.Integers("axes") : c.Integers(1)) ?? throw new ConversionException("its axes are missing.");
        int[] axes = NodeContext.Axes(given, x.Rank + given.Length);
        List<int> sources = [.. Enumerable.Range(0, x.Rank)];
        foreach (int axis in axes.Order())
        {
            sources.Insert(axis, -1);
        }

        c.Set(x switch
        {
            ConstantValue constant => constant.Reshaped([.. sources.Select(s => s < 0 ? 1 : constant.Shape[s])]),
            SizesValue { IsScalar: true } sizes => sizes with { IsScalar = false },
            TapValue => c.Plain(0) is var tap ? tap with { Axes = sources.Select(s => s < 0 ? -1 : tap.Axes[s]).ToEquatableArray() } : throw new InvalidOperationException(),
            _ => throw new ConversionException("it computes with sizes that are known only at run time."),
        });
    }

    public static void Flatten(NodeContext c)
    {
        TensorValue x = c.Value(0);
        long given = c.Integer("axis", 1);
        int axis = given >= -x.Rank && given <= x.Rank ? (int)(given < 0 ? given + x.Rank : given) : throw new ConversionException($"the axis {given} is not one of {x.Rank}.");
        Size[] target = [x.Dims.Take(axis).Aggregate((Size)1, (a, d) => a * d), x.Dims.Skip(axis).Aggregate((Size)1, (a, d) => a * d)];
        c.Set(x is ConstantValue constant ? constant.Reshaped([.. target.Select(d => (int)d.Constant)]) : Reshape(c, c.Plain(0), target));
    }

    public static void Reshape(NodeContext c)
    {
        TensorValue x = c.Value(0);
        TensorValue shape = c.Has(1) ? c.Raw(1) : throw new ConversionException("its shape is missing.");
        IReadOnlyList<Size> sizes = SizesValue.Read(shape) ?? throw new ConversionException($"its shape '{c.Node.Input[1]}' must be known when the model is imported.");
        bool allowsZero = c.Integer("allowzero", 0) != 0;
        Size[] target = [.. sizes.Select((s, i) => s.IsConstant && s.Constant == 0 && !allowsZero ? (i < x.Rank ? x.Dims[i] : throw new ConversionException("it copies a size that is not there.")) : s)];
        if (target.Count(s => s.IsConstant && s.Constant == -1) > 1 || target.Any(s => s.IsConstant && s.Constant < -1))
        {
            throw new ConversionException($"its shape is ({string.Join(", ", sizes)}).");
        }

        if (x is SizesValue vector)
        {
            c.Set(vector with { IsScalar = target.Length == 0 });
            return;
        }

        if (x is ConstantValue constant)
        {
            target = Complete(target, constant.Count) ?? throw Mismatch(x, target);
            c.Set(constant.Reshaped([.. target.Select(d => checked((int)d.Constant))]));
            return;
        }

        TapValue tap = c.Plain(0);
        Size count = tap.Dims.Aggregate((Size)1, (a, d) => a * d);
        c.Set(Reshape(c, tap, tap.BatchAxis < 0 || target.Any(s => !s.IsConstant && s.Symbols.Contains(Size.Batch.Symbols[0])) ? Complete(target, count) ?? throw Mismatch(x, target) : FindBatch(c, target, count)));
    }

    public static void Shape(NodeContext c)
    {
        IReadOnlyList<Size> dims = c.Value(0).Dims;
        int rank = dims.Count;
        int start = (int)Math.Clamp(c.Integer("start", 0), -rank, rank), end = (int)Math.Clamp(c.Integer("end", rank), -rank, rank);
        start = start < 0 ? start + rank : start;
        end = end < 0 ? end + rank : end;
        c.Set(SizesValue.Of([.. dims.Take(end).Skip(start)]));
    }

    public static void CountOf(NodeContext c) => c.Set(SizesValue.Of([c.Value(0).Dims.Aggregate((Size)1, (a, d) => a * d)], isScalar: true));

    public static void Expand(NodeContext c)
    {
        TensorValue x = c.Value(0);
        IReadOnlyList<Size> given = SizesValue.Read(c.Raw(1)) ?? throw new ConversionException($"its shape '{c.Node.Input[1]}' must be known when the model is imported.");
        int rank = Math.Max(x.Rank, given.Count);
        Size[] now = [.. Enumerable.Repeat((Size)1, rank - x.Rank), .. x.Dims], wanted = [.. Enumerable.Repeat((Size)1, rank - given.Count), .. given];
        for (int a = 0; a < rank; a++)
        {
            // A size that the model fixed to its batch is the batch.
            wanted[a] = wanted[a].IsOne || (!now[a].IsOne && !now[a].IsConstant && wanted[a] == c.Samples) ? now[a] : wanted[a];
            if (!now[a].IsOne && now[a] != wanted[a])
            {
                throw x is TapValue { BatchAxis: >= 0 } ? new BatchException("It expands the batch.") : Mismatch(x, wanted);
            }
        }

        if (x is ConstantValue constant)
        {
            int[] shape = [.. wanted.Select(d => d.IsConstant ? checked((int)d.Constant) : throw new BatchException("It expands a constant over the batch."))];
            ConstantMath.Count(shape);
            c.Set(constant.Count == 1 ? Filled(constant.Type, shape, constant.Data()[0])
                : ConstantMath.Binary(constant, Filled(constant.Type, shape, 0), (a, _) => a));
            return;
        }

        TapValue tap = c.Plain(0);
        tap = tap with { Axes = Enumerable.Repeat(-1, rank - tap.Rank).Concat(tap.Axes).ToEquatableArray() };
        int[] grown = [.. Enumerable.Range(0, rank).Where(a => now[a] != wanted[a])];
        if (grown.Length == 0)
        {
            c.Set(tap);
            return;
        }

        if (grown.Any(a => !wanted[a].IsConstant) || (tap.BatchAxis >= 0 && grown.Any(a => a < tap.BatchAxis && wanted[a] == c.Samples)))
        {
            throw new BatchException("It expands over the batch.");
        }

        int[] order = tap.BatchAxis >= 0 ? [tap.BatchAxis, .. tap.Order.Concat(grown).Distinct().Where(a => a != tap.BatchAxis).Order()] : [.. tap.Order.Concat(grown).Distinct().Order()];
        order = grown.All(a => tap.Axes[a] >= 0) ? [.. tap.Order] : order;
        TapValue shown = c.Writer.Arrange(tap, order);
        int[] sample = [.. order.Where(a => a != tap.BatchAxis).Select(a => wanted[a].IsConstant ? checked((int)wanted[a].Constant) : 1)];
        c.Set(c.Writer.Value(c.Writer.Apply("Ops.Expand", [shown.Name], null, ("Shape", TapeWriter.Integers(sample))), shown.Axes, tap.Type));
    }

    public static void Tile(NodeContext c)
    {
        TapValue x = c.Plain(0);
        int[] repeats = c.Opset < 6 ? throw new ConversionException("it is of an old opset.") : c.Integers(1);
        if (repeats.Length != x.Rank || repeats.Any(r => r < 1))
        {
            throw new ConversionException($"its repeats are ({string.Join(", ", repeats)}) for {x.Rank} axes.");
        }

        int[] repeated = [.. Enumerable.Range(0, x.Rank).Where(a => repeats[a] != 1)];
        if (x.BatchAxis >= 0 && repeated.Contains(x.BatchAxis))
        {
            throw new BatchException("It repeats the batch.");
        }

        x = c.Show(x, repeated);
        int[] sample = [.. Enumerable.Range(1, x.Physical.Rank - 1).Select(p => Array.IndexOf([.. x.Axes], p) is >= 0 and var a ? repeats[a] : 1)];
        c.Set(c.Writer.Value(c.Writer.Apply("Ops.Tile", [x.Name], null, ("Repeats", TapeWriter.Integers(sample))), x.Axes, x.Type));
    }

    public static ConstantValue Filled(DataType type, int[] shape, double value)
    {
        return type == DataType.Float ? ConstantValue.OfFloats(shape, () => Of((float)value)) : ConstantValue.Of(type, shape, () => Of(value));

        T[] Of<T>(T element)
        {
            T[] data = new T[ConstantMath.Count(shape)];
            Array.Fill(data, element);
            return data;
        }
    }

    /// <summary>A tap under other sizes of the model. What moves on the tape is only what must.</summary>
    public static TapValue Reshape(NodeContext c, TapValue x, IReadOnlyList<Size> target)
    {
        IReadOnlyList<Size> dims = x.Dims;
        int[] from = [.. Enumerable.Range(0, x.Rank).Where(a => !dims[a].IsOne)], to = [.. Enumerable.Range(0, target.Count).Where(a => !target[a].IsOne)];
        List<(int[] From, int[] To)> groups = Groups(from, to, dims, target) ?? throw Mismatch(x, target);
        int batch = x.BatchAxis;
        foreach ((int[] source, int[] result) in groups)
        {
            if (batch >= 0 && source.Contains(batch) && (source.Length > 1 || result.Length > 1))
            {
                throw new BatchException("The operator takes samples apart or together.");
            }
        }

        int front = batch >= 0 ? 0 : 1;
        List<int> order = [.. x.Order.Where(a => !dims[a].IsOne)];
        Flattening? flattening = null;
        foreach ((int[] source, int[] result) in groups.Where(g => g.From.Length > 1))
        {
            int[] now = [.. order.Where(source.Contains)];
            int first = order.IndexOf(now[0]);
            bool isTogether = order.Skip(first).Take(now.Length).SequenceEqual(now);
            if (isTogether && now.SequenceEqual(source))
            {
                continue;
            }

            if (isTogether && result.Length == 1 && order.Count - now.Length == 1 - front && now.All(a => dims[a].IsConstant))
            {
                // A whole map becomes features: a product behind it can have its rows in this order, without a transpose.
                flattening = new Flattening(now.Select(a => (int)dims[a].Constant).ToEquatableArray(), source.Select(a => Array.IndexOf(now, a)).ToEquatableArray());
                continue;
            }

            order.RemoveAll(source.Contains);
            order.InsertRange(first, source);
        }

        TapValue arranged = order.SequenceEqual(x.Order.Where(a => !dims[a].IsOne)) ? x : c.Writer.Arrange(x, order);

        // On the tape each group's axes are replaced where the first of them stands.
        List<int> placed = [];
        foreach (int axis in order)
        {
            (int[] source, int[] result) = groups.First(g => g.From.Contains(axis));
            placed.AddRange(result.Where(r => !placed.Contains(r)));
        }

        int[] axes = [.. Enumerable.Range(0, target.Count).Select(a => placed.IndexOf(a) is >= 0 and var at ? at + front : -1)];
        Shape physical = Generator.Shape.Of(placed.Select(a => target[a]).Prepend(Size.Batch).Skip(1 - front));
        if (groups.All(g => g.From.Length == 1 && g.To.Length == 1))
        {
            // The same elements at the same places: axes of size 1 may stay on the tape.
            for (int a = 0; a < axes.Length; a++)
            {
                axes[a] = axes[a] < 0 ? -1 : arranged.Axes[groups.First(g => g.To[0] == a).From[0]];
            }

            return arranged with { Axes = axes.ToEquatableArray() };
        }

        return c.Writer.Value(c.Writer.Reshape(arranged.Name, physical), axes, x.Type) with { Flattened = flattening, IsNonNegative = x.IsNonNegative };
    }

    /// <summary>Runs of axes before and after that hold the same elements, each as short as can be; null where they do not fit.</summary>
    private static List<(int[] From, int[] To)>? Groups(int[] from, int[] to, IReadOnlyList<Size> dims, IReadOnlyList<Size> target)
    {
        List<(int[], int[])> groups = [];
        int i = 0, k = 0;
        while (i < from.Length || k < to.Length)
        {
            int firstFrom = i, firstTo = k;
            Size left = i < from.Length ? dims[from[i++]] : 1, right = k < to.Length ? target[to[k++]] : 1;
            while (left != right)
            {
                bool growsRight = left.Divide(right) is not null;
                if (growsRight && k < to.Length)
                {
                    right *= target[to[k++]];
                }
                else if (i < from.Length)
                {
                    left *= dims[from[i++]];
                }
                else if (k < to.Length)
                {
                    right *= target[to[k++]];
                }
                else
                {
                    return null;
                }
            }

            groups.Add((from[firstFrom..i], to[firstTo..k]));
        }

        return groups;
    }

    /// <summary>The target with its -1 found, or null where the numbers of elements differ.</summary>
    private static Size[]? Complete(IReadOnlyList<Size> target, Size count)
    {
        Size known = target.Where(s => !IsOpen(s)).Aggregate((Size)1, (a, s) => a * s);
        if (known.Scale == 0)
        {
            return count.Scale == 0 && !target.Any(IsOpen) ? [.. target] : null;
        }

        Size? rest = count.Divide(known);
        return rest is null || (!rest.IsOne && !target.Any(IsOpen)) ? null : [.. target.Select(s => IsOpen(s) ? rest : s)];
    }

    /// <summary>The target of a reshape whose sizes were written for a fixed batch, with the batch in its place.</summary>
    private static Size[] FindBatch(NodeContext c, Size[] target, Size count)
    {
        for (int i = 0; i < target.Length; i++)
        {
            if (IsOpen(target[i]) || (c.Samples is { } samples && target[i] == samples))
            {
                Size[] tried = [.. target];
                tried[i] = Size.Batch;
                if (Complete(tried, count) is { } complete)
                {
                    return complete;
                }
            }
        }

        throw new BatchException("It takes samples apart or together.");
    }

    private static bool IsOpen(Size size) => size.IsConstant && size.Constant == -1;

    private static ConversionException Mismatch(TensorValue x, IReadOnlyList<Size> target) =>
        new($"a tensor of ({string.Join(", ", x.Dims)}) cannot have the shape ({string.Join(", ", target)}).");

    private static void RequireOne(NodeContext c, TensorValue x, int axis)
    {
        if (!x.Dims[axis].IsOne)
        {
            throw x is TapValue { BatchAxis: var batch } && batch == axis && c.Samples is 1 or null
                ? new BatchException("It removes the batch.")
                : new ConversionException($"the axis {axis} of ({string.Join(", ", x.Dims)}) is not of size 1.");
        }
    }

    /// <summary>Axes of size 1 that the model drops may stay on the tape without a name.</summary>
    private static TapValue Unseen(NodeContext c, TapValue tap, int[] axes) => axes.Any(a => tap.Axes[a] == 0) ? throw new BatchException("It removes the batch.") : c.Writer.Straighten(tap);
}
