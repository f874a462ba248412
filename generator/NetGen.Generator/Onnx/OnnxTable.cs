using static NetGen.Generator.OnnxWriter;

namespace NetGen.Generator;

/// <summary>How each op of an inference graph is said in ONNX. Add an op: a row; a test holds the table against the ops that layers compose.</summary>
internal static class OnnxTable
{
    private static readonly Dictionary<Type, Action<OnnxLowering, Node>> Rows = new()
    {
        [typeof(Map)] = (l, n) => LowerMap(l, n, (Map)n.Op),
        [typeof(Reshape)] = (l, n) => LowerReshape(l, n),
        [typeof(Transpose)] = (l, n) => LowerTranspose(l, n, (Transpose)n.Op),
        [typeof(Concat)] = (l, n) => LowerConcat(l, n, (Concat)n.Op),
        [typeof(Slice)] = (l, n) => LowerSlice(l, n, (Slice)n.Op),
        [typeof(Pad)] = (l, n) => LowerPad(l, n, (Pad)n.Op),
        [typeof(Reverse)] = (l, n) => LowerReverse(l, n, (Reverse)n.Op),
        [typeof(ReduceSum)] = (l, n) => LowerReduction(l, n, "ReduceSum", ((ReduceSum)n.Op).Axes, ((ReduceSum)n.Op).KeepDims),
        [typeof(ReduceMax)] = (l, n) => LowerReduction(l, n, "ReduceMax", ((ReduceMax)n.Op).Axes, ((ReduceMax)n.Op).KeepDims),
        [typeof(ReduceMin)] = (l, n) => LowerReduction(l, n, "ReduceMin", ((ReduceMin)n.Op).Axes, ((ReduceMin)n.Op).KeepDims),
        [typeof(ReduceProd)] = (l, n) => LowerReduction(l, n, "ReduceProd", ((ReduceProd)n.Op).Axes, ((ReduceProd)n.Op).KeepDims),
        [typeof(ArgMax)] = (l, n) => LowerArgMax(l, n, (ArgMax)n.Op),
        [typeof(CumSum)] = (l, n) => LowerCumSum(l, n, (CumSum)n.Op),
        [typeof(Moments)] = (l, n) => LowerMoments(l, n),
        [typeof(MatMul)] = (l, n) => LowerMatMul(l, n, (MatMul)n.Op),
        [typeof(BatchMatMul)] = (l, n) => LowerBatchMatMul(l, n, (BatchMatMul)n.Op),
        [typeof(Conv)] = (l, n) => LowerConv(l, ((Conv)n.Op).Geometry, n.Inputs[0], n.Inputs[1], n.Output),
        [typeof(ConvInputGradient)] = (l, n) => LowerConvTranspose(l, ((ConvInputGradient)n.Op).Geometry, n.Inputs[0], n.Inputs[1], n.Output),
        [typeof(MaxPool)] = (l, n) => LowerMaxPool(l, n),
        [typeof(AveragePool)] = (l, n) => LowerPool(l, "AveragePool", ((AveragePool)n.Op).Geometry, n.Inputs[0], n.Output),
        [typeof(Resample)] = (l, n) => LowerResample(l, n, (Resample)n.Op),
        [typeof(Gather)] = (l, n) => l.Set(n.Output, l.Writer.Node("Gather", [l.Plain(n.Inputs[0]), ToIntegers(l, n.Inputs[1])], Attribute("axis", 0))),
        [typeof(GatherAxis)] = (l, n) => LowerGatherAxis(l, n, (GatherAxis)n.Op),
        [typeof(GatherElements)] = (l, n) => l.Set(n.Output, l.Writer.Node("GatherElements", [l.Plain(n.Inputs[0]), ToIntegers(l, n.Inputs[1])], Attribute("axis", ((GatherElements)n.Op).Axis))),
        [typeof(Softmax)] = (l, n) => LowerSoftmax(l, n, (Softmax)n.Op),
        [typeof(LogSoftmax)] = (l, n) => LowerAlongLast(l, n, "LogSoftmax"),
        [typeof(Sparsemax)] = (l, n) => LowerSparsemax(l, n),
        [typeof(WindowSum)] = (l, n) => LowerWindowSum(l, n, (WindowSum)n.Op),
        [typeof(SequenceMask)] = (l, n) => LowerSequenceMask(l, n, (SequenceMask)n.Op),
        [typeof(SizeOf)] = (l, n) => l.Set(n.Output, ToFloat(l, l.Writer.Node("Squeeze", [l.Size(((SizeOf)n.Op).Size), l.Writer.Vector([0])]))),
        [typeof(SinePositions)] = (l, n) => LowerSinePositions(l, n, (SinePositions)n.Op),
        [typeof(Scan)] = (l, n) => LowerScan(l, n, (Scan)n.Op),
    };

    /// <summary>Whether an op has a row.</summary>
    public static bool Has(Type op) => Rows.ContainsKey(op);

    /// <exception cref="NotSupportedException">The op has no row.</exception>
    public static void Lower(OnnxLowering lowering, Node node)
    {
        if (!Rows.TryGetValue(node.Op.GetType(), out Action<OnnxLowering, Node>? row))
        {
            throw new NotSupportedException($"{node.Op.Name} has no ONNX form.");
        }

        row(lowering, node);
    }

    private static string ToFloat(OnnxLowering l, string name) => l.Writer.Node("Cast", [name], Attribute("to", 1));

    private static string ToIntegers(OnnxLowering l, Value value) => l.Writer.Node("Cast", [l.Plain(value)], Attribute("to", 7));

    private static void LowerMap(OnnxLowering l, Node node, Map map)
    {
        int rank = node.Output.Shape.Rank;

        // Small operands follow those of full rank.
        EquatableArray<int> order = LeadingOrder(l, node.Inputs.Where(i => i.Shape.Rank == rank), rank);
        string[] inputs = [.. node.Inputs.Select(i => Operand(l, i, order))];
        OnnxExpression expression = new(l.Writer, inputs);
        Shape? natural = node.Inputs.Aggregate((Shape?)Shape.Scalar, (s, i) => s is null ? null : Shape.Broadcast(s, i.Shape));
        for (int k = 0; k < map.Body.Count; k++)
        {
            string result = expression.Number(map.Body[k]);
            bool isConstant = !map.Body[k].Subexpressions().Any(e => e is InputExpr);
            if (natural != node.Output.Shape || (isConstant && rank > 0))
            {
                result = l.Writer.Node("Expand", [result, l.Sizes(Shape.Of(order.Select(a => node.Output.Shape[a])))]);
            }

            l.Set(node.Outputs[k], result, order);
        }
    }

    /// <summary>The order in which a node of several operands works: that of the first one which is not stored plainly.</summary>
    private static EquatableArray<int> LeadingOrder(OnnxLowering l, IEnumerable<Value> operands, int rank)
    {
        EquatableArray<int> plain = OnnxValue.Identity(rank);
        return operands.Select(l.OrderOf).Where(o => o != plain).DefaultIfEmpty(plain).First();
    }

    /// <summary>An operand that broadcasts to a tensor of an order of axes.</summary>
    private static string Operand(OnnxLowering l, Value value, EquatableArray<int> order)
    {
        int missing = order.Count - value.Shape.Rank;
        if (missing == 0)
        {
            return l.In(value, order);
        }

        if (order == OnnxValue.Identity(order.Count) || value.Shape.Rank == 0)
        {
            return l.Plain(value);
        }

        if (value.Kind == ValueKind.Parameter)
        {
            IEnumerable<long> full = Enumerable.Repeat(1L, missing).Concat(value.Shape.Dims.Select(d => d.Constant));
            return l.Writer.Weight(value.Name, $"reshape {string.Join(" ", full)} transpose {string.Join(" ", order)}");
        }

        string wide = l.Writer.Node("Unsqueeze", [l.Plain(value), l.Writer.Vector(Enumerable.Range(0, missing).Select(i => (long)i))]);
        return l.Writer.Node("Transpose", [wide], Attribute("perm", order.Select(i => (long)i)));
    }

    private static void LowerReshape(OnnxLowering l, Node node)
    {
        (Shape from, Shape to) = (node.Inputs[0].Shape, node.Output.Shape);
        if (node.Inputs[0].Kind == ValueKind.Parameter)
        {
            l.Set(node.Output, l.Writer.Weight(node.Inputs[0].Name, $"reshape {string.Join(" ", to.Dims.Select(d => d.Constant))}"));
            return;
        }

        // 0 keeps the size of that place, -1 is what is left; more is computed.
        long[] sizes = new long[to.Rank];
        int open = 0;
        for (int i = 0; i < to.Rank; i++)
        {
            sizes[i] = to[i].IsConstant ? to[i].Constant : i < from.Rank && from[i] == to[i] ? 0 : -1;
            open += sizes[i] == -1 ? 1 : 0;
        }

        string shape = open <= 1 ? l.Writer.Vector(sizes) : l.Sizes(to);
        l.Set(node.Output, l.Writer.Node("Reshape", [l.Plain(node.Inputs[0]), shape]));
    }

    private static void LowerTranspose(OnnxLowering l, Node node, Transpose op)
    {
        // No node: the axes have other numbers.
        OnnxValue x = l.Of(node.Inputs[0]);
        EquatableArray<int> order = x.Order.Select(axis => op.Permutation.Items.IndexOf(axis)).ToEquatableArray();
        l.Set(node.Output, x.Name, order);
    }

    private static void LowerConcat(OnnxLowering l, Node node, Concat op)
    {
        EquatableArray<int> order = LeadingOrder(l, node.Inputs, node.Output.Shape.Rank);
        string name = l.Writer.Node("Concat", node.Inputs.Select(i => l.In(i, order)), Attribute("axis", order.Items.IndexOf(op.Axis)));
        l.Set(node.Output, name, order);
    }

    private static void LowerSlice(OnnxLowering l, Node node, Slice op)
    {
        OnnxValue x = l.Of(node.Inputs[0]);
        string start = l.Size(op.Start), end = op.Start == 0 ? l.Size(op.Size) : op.Start.IsConstant && op.Size.IsConstant ? l.Size(op.Start.Constant + op.Size.Constant) : l.Writer.Node("Add", [start, l.Size(op.Size)]);
        l.Set(node.Output, l.Writer.Node("Slice", [x.Name, start, end, l.Writer.Vector([x.PlaceOf(op.Axis)])]), x.Order);
    }

    private static void LowerPad(OnnxLowering l, Node node, Pad op)
    {
        OnnxValue x = l.Of(node.Inputs[0]);
        Dim size = node.Inputs[0].Shape[op.Axis];
        string zero = l.Writer.Vector([0]);
        string before = l.Size(op.Before);
        string after = op.Before.IsConstant && op.Size.IsConstant && size.IsConstant
            ? l.Size(op.Size.Constant - op.Before.Constant - size.Constant)
            : l.Writer.Node("Sub", [l.Writer.Node("Sub", [l.Size(op.Size), l.Size(size)]), before]);
        int rank = x.Order.Count, place = x.PlaceOf(op.Axis);
        IEnumerable<string> pads = Enumerable.Range(0, 2 * rank).Select(i => i == place ? before : i == place + rank ? after : zero);
        l.Set(node.Output, l.Writer.Node("Pad", [x.Name, l.Writer.Node("Concat", pads, Attribute("axis", 0))]), x.Order);
    }

    private static void LowerReverse(OnnxLowering l, Node node, Reverse op)
    {
        OnnxValue x = l.Of(node.Inputs[0]);
        string name = l.Writer.Node("Slice", [x.Name, l.Writer.Vector([-1]), l.Writer.Vector([long.MinValue + 1]), l.Writer.Vector([x.PlaceOf(op.Axis)]), l.Writer.Vector([-1])]);
        l.Set(node.Output, name, x.Order);
    }

    private static void LowerReduction(OnnxLowering l, Node node, string op, EquatableArray<int> axes, bool keepDims) => LowerReduction(l, node.Inputs[0], node.Output, op, axes, keepDims);

    public static void LowerReduction(OnnxLowering l, Value input, Value output, string op, EquatableArray<int> axes, bool keepDims)
    {
        OnnxValue x = l.Of(input);
        long[] places = [.. axes.Select(a => (long)x.PlaceOf(a)).OrderBy(p => p)];
        int[] kept = [.. Enumerable.Range(0, x.Order.Count).Where(i => !axes.Contains(i))];
        EquatableArray<int> order = keepDims ? x.Order : x.Order.Where(a => !axes.Contains(a)).Select(a => Array.IndexOf(kept, a)).ToEquatableArray();
        string keep = Attribute("keepdims", keepDims ? 1 : 0);

        // From opset 13 on a sum takes its axes as an input; the others do from 18 on.
        string name = op == "ReduceSum" ? l.Writer.Node(op, [x.Name, l.Writer.Vector(places)], keep) : l.Writer.Node(op, [x.Name], Attribute("axes", places), keep);
        l.Set(output, name, order);
    }

    private static void LowerArgMax(OnnxLowering l, Node node, ArgMax op)
    {
        OnnxValue x = l.Of(node.Inputs[0]);
        string place = l.Writer.Node(op.Name, [x.Name], Attribute("axis", x.PlaceOf(op.Axis)), Attribute("keepdims", 1), Attribute("select_last_index", op.SelectLast ? 1 : 0));
        l.Set(node.Output, ToFloat(l, place), x.Order);
    }

    private static void LowerCumSum(OnnxLowering l, Node node, CumSum op)
    {
        OnnxValue x = l.Of(node.Inputs[0]);
        string sums = l.Writer.Node("CumSum", [x.Name, l.Writer.Integers([x.PlaceOf(op.Axis)])], Attribute("exclusive", op.IsExclusive ? 1 : 0), Attribute("reverse", op.IsReverse ? 1 : 0));
        l.Set(node.Output, sums, x.Order);
    }

    private static void LowerGatherAxis(OnnxLowering l, Node node, GatherAxis op)
    {
        OnnxWriter w = l.Writer;
        string x = l.Plain(node.Inputs[0]), indices = ToIntegers(l, node.Inputs[1]);
        if (!op.IsPerSample)
        {
            l.Set(node.Output, w.Node("Gather", [x, indices], Attribute("axis", op.Axis)));
            return;
        }

        // Each sample's own numbers are spread over all elements, which are then named one by one.
        (Shape data, Shape numbers) = (node.Inputs[0].Shape, node.Inputs[1].Shape);
        Dim count = numbers.CountOf(1, numbers.Rank);
        Shape thin = Shape.Of(data.Dims.Select((_, i) => i == 0 ? data[0] : i == op.Axis ? count : 1));
        string spread = w.Node("Expand", [w.Node("Reshape", [indices, l.Sizes(thin)]), l.Sizes(data.With(op.Axis, count))]);
        string taken = w.Node("GatherElements", [x, spread], Attribute("axis", op.Axis));
        l.Set(node.Output, w.Node("Reshape", [taken, l.Sizes(node.Output.Shape)]));
    }

    private static void LowerMoments(OnnxLowering l, Node node)
    {
        string x = l.Plain(node.Inputs[0]);
        string axes = Attribute("axes", Enumerable.Range(0, node.Inputs[0].Shape.Rank - 1).Select(i => (long)i));
        string mean = l.Writer.Node("ReduceMean", [x], axes, Attribute("keepdims", 0));
        string distance = l.Writer.Node("Sub", [x, mean]);
        l.Set(node.Outputs[0], mean);
        l.Set(node.Outputs[1], l.Writer.Node("ReduceMean", [l.Writer.Node("Mul", [distance, distance])], axes, Attribute("keepdims", 0)));
    }

    private static void LowerMatMul(OnnxLowering l, Node node, MatMul op)
    {
        EquatableArray<int> plain = OnnxValue.Identity(2), turned = EquatableArray.Of(1, 0);
        string a = l.In(node.Inputs[0], op.TransposeA ? turned : plain), b = l.In(node.Inputs[1], op.TransposeB ? turned : plain);
        l.Set(node.Output, l.Writer.Node("MatMul", [a, b]));
    }

    private static void LowerBatchMatMul(OnnxLowering l, Node node, BatchMatMul op)
    {
        int rank = node.Output.Shape.Rank;
        string product = l.Writer.Node("MatMul", [l.In(node.Inputs[0], MatrixOrder(op.Left, rank)), l.In(node.Inputs[1], MatrixOrder(op.Right, rank))]);
        product = op.Triangle == Triangle.Product ? l.Writer.Node("Trilu", [product], Attribute("upper", 0)) : product;
        l.Set(node.Output, product, MatrixOrder(op.Product, rank));
    }

    /// <summary>The axes of matrices as (batch, heads, rows, columns).</summary>
    private static EquatableArray<int> MatrixOrder(MatrixForm form, int rank)
    {
        int[] order = (form & BatchMatMul.Order, rank) switch
        {
            (MatrixForm.Interleaved, _) => [0, 2, 1, 3],
            (MatrixForm.RowsFirst, 3) => [1, 0, 2],
            (MatrixForm.RowsFirst, _) => [1, 2, 0, 3],
            _ => [.. Enumerable.Range(0, rank)],
        };
        if ((form & MatrixForm.Transposed) != 0)
        {
            (order[rank - 2], order[rank - 1]) = (order[rank - 1], order[rank - 2]);
        }

        return order.ToEquatableArray();
    }

    public static void LowerConv(OnnxLowering l, ConvGeometry g, Value x, Value w, Value y)
    {
        EquatableArray<int> map = OnnxValue.ChannelsFirst(g.Rank + 2);
        string[] attributes =
        [
            Attribute("strides", Longs(g.Strides)), Attribute("pads", Longs(g.Before).Concat(Longs(g.After))), Attribute("dilations", Longs(g.Dilations)), Attribute("group", g.Groups),
            Attribute("kernel_shape", w.Shape.Dims.Take(g.Rank).Select(d => d.Constant)),
        ];
        l.Set(y, l.Writer.Node("Conv", [l.In(x, map), l.In(w, FilterOrder(g.Rank))], attributes), map);
    }

    /// <summary>(filters, channels, kernel...), of a filter (kernel..., channels, filters).</summary>
    private static EquatableArray<int> FilterOrder(int rank) => new[] { rank + 1, rank }.Concat(Enumerable.Range(0, rank)).ToEquatableArray();

    public static void LowerConvTranspose(OnnxLowering l, ConvGeometry g, Value x, Value w, Value y)
    {
        EquatableArray<int> map = OnnxValue.ChannelsFirst(g.Rank + 2);
        long[] after = [.. Longs(g.After)], more = new long[g.Rank];
        for (int i = 0; i < g.Rank; i++)
        {
            // What the strides lose of the size comes back as more at the end. A size of the run stands for all: both sides grow alike with it.
            long extent = (g.Dilations[i] * (w.Shape[i].Constant - 1)) + 1, small = Sample(x.Shape[i + 1]), large = Sample(y.Shape[i + 1]);
            long rest = large - ((g.Strides[i] * (small - 1)) + extent - g.Before[i] - g.After[i]);
            (after[i], more[i]) = rest < 0 ? (after[i] - rest, 0) : (after[i], rest);
        }

        string[] attributes =
        [
            Attribute("strides", Longs(g.Strides)), Attribute("pads", Longs(g.Before).Concat(after)), Attribute("dilations", Longs(g.Dilations)), Attribute("group", g.Groups),
            Attribute("kernel_shape", w.Shape.Dims.Take(g.Rank).Select(d => d.Constant)), Attribute("output_padding", more),
        ];
        l.Set(y, l.Writer.Node("ConvTranspose", [l.In(x, map), l.In(w, FilterOrder(g.Rank))], attributes), map);
    }

    /// <summary>A size with some number in place of what is known at run time.</summary>
    private static long Sample(Dim dim) => dim.IsConstant ? dim.Constant : dim.Evaluate(SizeNames.Of([dim]).ToDictionary(n => n, _ => 5040L));

    private static void LowerMaxPool(OnnxLowering l, Node node)
    {
        if (node.Inputs.Count > 1)
        {
            throw new NotSupportedException("A pool that chooses from another map has no ONNX form.");
        }

        LowerPool(l, "MaxPool", ((MaxPool)node.Op).Geometry, node.Inputs[0], node.Output);
    }

    public static void LowerPool(OnnxLowering l, string op, PoolGeometry g, Value x, Value y)
    {
        if (op == "AveragePool" && g.IsDilated)
        {
            LowerDilatedMean(l, g, x, y);
            return;
        }

        EquatableArray<int> map = OnnxValue.ChannelsFirst(g.Rank + 2);
        List<string> attributes = [Attribute("kernel_shape", Longs(g.Size)), Attribute("strides", Longs(g.Strides)), Attribute("pads", Longs(g.Before).Concat(Longs(g.After)))];
        if (g.IsDilated)
        {
            attributes.Add(Attribute("dilations", Longs(g.Dilations)));
        }

        if (g.CountsPads)
        {
            attributes.Add(Attribute("count_include_pad", 1));
        }

        l.Set(y, l.Writer.Node(op, [l.In(x, map)], [.. attributes]), map);
    }

    /// <summary>Means have dilations from opset 19 on; before, they are sums, which a convolution of each channel by ones makes, over the numbers of elements, which it makes of ones.</summary>
    private static void LowerDilatedMean(OnnxLowering l, PoolGeometry g, Value x, Value y)
    {
        Shape window = Shape.Of(g.Size.Select(s => (Dim)s));
        EquatableArray<int> map = OnnxValue.ChannelsFirst(g.Rank + 2);
        bool isEven = g.CountsPads || g.HasNoPads;
        string Sum(string of, Dim channels, double each) => l.Writer.Node(
            "Conv", [of, l.Filled(each, Shape.Of(channels, 1) + window)],
            Attribute("strides", Longs(g.Strides)), Attribute("pads", Longs(g.Before).Concat(Longs(g.After))), Attribute("dilations", Longs(g.Dilations)), Attribute("group", channels.Constant), Attribute("kernel_shape", Longs(g.Size)));
        string sum = Sum(l.In(x, map), x.Shape.Last, isEven ? 1.0 / window.Count.Constant : 1);
        l.Set(y, isEven ? sum : l.Writer.Node("Div", [sum, Sum(l.Filled(1, Shape.Of(1, 1) + x.Shape.Slice(1, x.Shape.Rank - 1)), 1, 1)]), map);
    }

    private static IEnumerable<long> Longs(IEnumerable<int> values) => values.Select(v => (long)v);

    private static void LowerResample(OnnxLowering l, Node node, Resample op)
    {
        double[] matrix = new double[op.Size * op.Starts.Count];
        for (int o = 0; o < op.Starts.Count; o++)
        {
            for (int k = 0; k < op.Taps; k++)
            {
                matrix[((op.Starts[o] + k) * op.Starts.Count) + o] += op.Weights[(o * op.Taps) + k];
            }
        }

        int rank = node.Output.Shape.Rank;
        EquatableArray<int> last = Enumerable.Range(0, rank).Where(i => i != op.Axis).Append(op.Axis).ToEquatableArray();
        l.Set(node.Output, l.Writer.Node("MatMul", [l.In(node.Inputs[0], last), l.Writer.Floats(matrix, op.Size, op.Starts.Count)]), last);
    }

    private static void LowerWindowSum(OnnxLowering l, Node node, WindowSum op)
    {
        Dim last = node.Output.Shape.Last;
        if (!last.IsConstant)
        {
            throw new NotSupportedException("A sum of neighbours along an axis of the run has no ONNX form.");
        }

        // A product with the band of ones.
        int size = (int)last.Constant;
        double[] band = [.. Enumerable.Range(0, size * size).Select(i => (i / size) - (i % size) is var distance && distance >= -op.Before && distance <= op.After ? 1.0 : 0)];
        l.Set(node.Output, l.Writer.Node("MatMul", [l.Plain(node.Inputs[0]), l.Writer.Floats(band, size, size)]));
    }

    private static void LowerSequenceMask(OnnxLowering l, Node node, SequenceMask op)
    {
        OnnxWriter w = l.Writer;
        if (SequenceMask.IsOfLengths(node.Output))
        {
            // An exported network takes all steps of its sequences.
            l.Set(node.Output, l.Filled(1, node.Output.Shape));
            return;
        }

        string time = w.Node("Squeeze", [l.Size(op.Time), w.Vector([0])]);
        string steps = ToFloat(l, w.Node("Range", [w.Integers([0]), time, w.Integers([1])]));
        l.Set(node.Output, ToFloat(l, w.Node("Less", [steps, w.Node("Unsqueeze", [l.Plain(node.Inputs[0]), w.Vector([1])])])));
    }

    private static void LowerAlongLast(OnnxLowering l, Node node, string op)
    {
        OnnxValue x = l.Of(node.Inputs[0]);
        l.Set(node.Output, l.Writer.Node(op, [x.Name], Attribute("axis", x.PlaceOf(x.Order.Count - 1))), x.Order);
    }

    private static void LowerSoftmax(OnnxLowering l, Node node, Softmax op)
    {
        if (!op.IsCausal && node.Inputs.Count == 1)
        {
            LowerAlongLast(l, node, "Softmax");
            return;
        }

        // A row in which nothing counts is 0, which a softmax of least numbers would not give.
        OnnxWriter w = l.Writer;
        Shape shape = node.Output.Shape;
        int rank = shape.Rank;
        string x = l.Plain(node.Inputs[0]), one = w.Scalar(1);
        string? counts = null;
        if (op.IsCausal)
        {
            string ones = l.Filled(1, shape.Slice(rank - 2, rank));
            string offset = w.Node("Squeeze", [l.Size(op.Past), w.Vector([0])]);
            counts = w.Node("Trilu", [ones, offset], Attribute("upper", 0));
        }

        if (node.Inputs.Count > 1)
        {
            string mask = l.Plain(node.Inputs[1]);
            mask = rank > 3 ? w.Node("Unsqueeze", [mask, w.Vector([1])]) : mask;
            counts = counts is null ? mask : w.Node("Mul", [counts, mask]);
        }

        string isCounted = w.Node("Not", [w.Node("Equal", [counts!, w.Scalar(0)])]);
        string kept = w.Node("Where", [isCounted, x, w.Scalar(-1e30)]);
        string max = w.Node("ReduceMax", [kept], Attribute("axes", [rank - 1L]), Attribute("keepdims", 1));
        string e = w.Node("Where", [isCounted, w.Node("Exp", [w.Node("Sub", [kept, max])]), w.Scalar(0)]);
        string sum = w.Node("ReduceSum", [e, w.Vector([rank - 1L])], Attribute("keepdims", 1));
        string divisor = w.Node("Where", [w.Node("Equal", [sum, w.Scalar(0)]), one, sum]);
        l.Set(node.Output, w.Node("Div", [e, divisor]));
    }

    private static void LowerSparsemax(OnnxLowering l, Node node)
    {
        // Martins and Astudillo 2016, algorithm 1.
        OnnxWriter w = l.Writer;
        string x = l.Plain(node.Inputs[0]), one = w.Scalar(1);
        long size = node.Output.Shape.Last.Constant, last = node.Output.Shape.Rank - 1;
        string sorted = w.Nodes("TopK", [x, w.Vector([size])], 2, Attribute("axis", last))[0];
        string sums = w.Node("CumSum", [sorted, w.Integers([last])]);
        string places = w.Floats([.. Enumerable.Range(1, (int)size).Select(i => (double)i)], size);
        string isIn = w.Node("Greater", [w.Node("Add", [w.Node("Mul", [places, sorted]), one]), sums]);
        string support = ToFloat(l, isIn);
        string count = w.Node("ReduceSum", [support, w.Vector([last])], Attribute("keepdims", 1));
        string total = w.Node("ReduceSum", [w.Node("Mul", [support, sorted]), w.Vector([last])], Attribute("keepdims", 1));
        string tau = w.Node("Div", [w.Node("Sub", [total, one]), count]);
        l.Set(node.Output, w.Node("Relu", [w.Node("Sub", [x, tau])]));
    }

    private static void LowerSinePositions(OnnxLowering l, Node node, SinePositions op)
    {
        OnnxWriter w = l.Writer;
        double[] waves = [.. Enumerable.Range(0, op.Size).Select(i => Math.Pow(op.Wavelength, -2.0 * (i / 2) / op.Size))];
        string start = w.Node("Squeeze", [l.Size(op.Start), w.Vector([0])]), time = w.Node("Squeeze", [l.Size(op.Time), w.Vector([0])]);
        string steps = ToFloat(l, w.Node("Range", [start, w.Node("Add", [start, time]), w.Integers([1])]));
        string angles = w.Node("Mul", [w.Node("Unsqueeze", [steps, w.Vector([1])]), w.Floats(waves, op.Size)]);
        string isEven = w.Node("Equal", [w.Floats([.. Enumerable.Range(0, op.Size).Select(i => (double)(i % 2))], op.Size), w.Scalar(0)]);
        l.Set(node.Output, w.Node("Where", [isEven, w.Node("Sin", [angles]), w.Node("Cos", [angles])]));
    }

    private static void LowerScan(OnnxLowering l, Node node, Scan op)
    {
        if (op.Windows is not null)
        {
            throw new NotSupportedException("A loop over windows has no ONNX form.");
        }

        ScanBody body = op.Body;
        string[] outer = [.. node.Inputs.Select(l.Plain)];
        OnnxLowering inner = l.Body();
        foreach (Value input in body.States.Concat(body.Sequences))
        {
            inner.Set(input, inner.Writer.Input(input.Name, "float", input.Shape));
        }

        // What is the same in every step is named across the border.
        int taken = body.States.Count + body.Sequences.Count;
        for (int i = 0; i < body.Constants.Count; i++)
        {
            inner.Set(body.Constants[i], outer[taken + i]);
        }

        Value[] results = [.. body.Next, .. body.Outputs];
        inner.Lower(body.Graph, results);
        foreach (Value result in results)
        {
            // Each result is a value of its own, also where two are one or an input goes through.
            string name = inner.Writer.Node("Identity", [inner.Plain(result)]);
            inner.Writer.Output(name, name, "float", result.Shape);
        }

        string[] directions = op.IsReverse
            ? [Attribute("scan_input_directions", body.Sequences.Select(_ => 1L)), Attribute("scan_output_directions", body.Outputs.Select(_ => 1L))]
            : [];
        string[] outputs = l.Writer.Loop("Scan", outer.Take(taken), results.Length, inner.Writer, [Attribute("num_scan_inputs", body.Sequences.Count), .. directions]);
        for (int i = 0; i < outputs.Length; i++)
        {
            l.Set(node.Outputs[i], outputs[i]);
        }
    }
}
