namespace NetGen.Generator.Tests;

/// <summary>A sample of an op: its inputs' types and, where they are not random, their elements.</summary>
internal sealed record OpSample(Op Op, TensorType[] Inputs, Dictionary<int, double[]>? Data = null)
{
    public override string ToString() => $"{this.Op}({string.Join(", ", this.Inputs.Select(i => i.ToString()))})";
}

/// <summary>Samples of every op, over odd shapes and sizes known only at run time; an architecture test says which op has none.</summary>
internal static class OpSamples
{
    public static readonly IReadOnlyDictionary<string, long> Sizes = new Dictionary<string, long> { ["n"] = 3, ["t"] = 4 };

    private static readonly Dim N = Dim.Batch;
    private static readonly Dim T = Dim.Time("t");

    public static readonly OpSample[] All =
    [
        .. from a in new[] { false, true } from b in new[] { false, true } select Sample(new MatMul(a, b), a ? [5, N] : [N, 5], b ? [2, 5] : [5, 2]),
        Sample(new MatMul(), [1, 1], [1, 1]),
        .. from a in new[] { false, true } from b in new[] { false, true } select Sample(new BatchMatMul(Form(a), Form(b)), a ? [N, 5, T] : [N, T, 5], b ? [N, 2, 5] : [N, 5, 2]),
        .. from a in new[] { false, true } from b in new[] { false, true } select Sample(new BatchMatMul(Form(a) | MatrixForm.Interleaved, Form(b), MatrixForm.Interleaved), a ? [N, 5, 2, 3] : [N, 3, 2, 5], b ? [N, 2, T, 5] : [N, 2, 5, T]),
        .. from a in new[] { false, true } from b in new[] { false, true } select Sample(new BatchMatMul(Form(a), Form(b) | MatrixForm.Interleaved, MatrixForm.Plain, Triangle.Product), a ? [N, 2, 3, T] : [N, 2, T, 3], b ? [N, 3, 2, 3] : [N, 3, 2, 3]),
        Sample(new BatchMatMul(MatrixForm.Interleaved, MatrixForm.RowsFirst | MatrixForm.Transposed), [N, 1, 2, 5], [T, N, 2, 5]),
        Sample(new BatchMatMul(MatrixForm.RowsFirst, MatrixForm.RowsFirst, MatrixForm.RowsFirst), [3, N, T], [T, N, 5]),
        .. from left in new[] { false, true } from a in new[] { false, true } from b in new[] { false, true } select Triangular(left, Form(a), Form(b)),
        Sample(new Map((Expr.In(0) * Expr.In(1)) + Expr.In(2)), [N, 4, 3], [4, 1], []),
        Sample(new Map(EquatableArray.Of(Expr.In(0) * Expr.In(1), Expr.Call("Tanh", Expr.In(0)))), [N, 3], [3]),
        Sample(new Map(Expr.In(0), Shape.Of(N, T, 2)), [N, 1, 2]),
        Sample(new Map(Expr.In(0) * new UniformExpr(3)), [N, 5]),
        Sample(new ReduceSum(EquatableArray.Of(0, 2)), [N, 3, 2]),
        Sample(new ReduceSum(EquatableArray.Of(1), KeepDims: true), [N, T]),
        Sample(new Moments(), [N, 4]),
        Sample(new Moments(), [N, 40, 3, 1]),
        Sample(new Moments(), [N, T, 19]),
        Sample(new Moments(), [2, 3, 64]),
        Sample(new ChannelSums(EquatableArray.Of(Expr.In(0), Expr.In(0) * (Expr.In(1) - Expr.In(2))), Shape.Of(N, 6, 8, 21)), [N, 6, 8, 21], [N, 6, 8, 21], [21]),
        Sample(new ChannelSums(EquatableArray.Of<Expr>(Expr.In(0) * Expr.In(1)), Shape.Of(N, T, 32)), [N, T, 32], []),
        Sample(new ChannelSums(EquatableArray.Of(Expr.Call("Relu", Expr.In(0)), Expr.In(0), 2 * Expr.In(0)), Shape.Of(2, 5, 64)), [2, 5, 64]),
        Sample(new ReduceMax(EquatableArray.Of(1)), [N, 5, 2]),
        Sample(new ReduceMax(EquatableArray.Of(0, 1), KeepDims: true), [N, 3]),
        Sample(new Reshape(Shape.Of(N * T, 6)), [N, T, 2, 3]),
        Sample(new Transpose(EquatableArray.Of(2, 0, 1)), [N, 3, 2]),
        Sample(new SizeOf(N * T)),
        Sample(new Softmax(), [N, 5]),
        Sample(new Softmax(), [N, 2, 1]),
        Sample(new Softmax(), [N, T]),
        Sample(new Softmax(true), [N, 2, T, 5]),
        Sample(new Softmax(true), [T, T]),
        Sample(new Softmax(true, T), [N, 3, T.Affine(3, 1)]),
        new(new Softmax(), [TensorType.Float(Shape.Of(N, 2, 5, 3)), Mask(N, 1, 3)], new() { [1] = [1, 0, 1, 0, 1, 0, 0, 0, 0] }),
        new(new Softmax(true), [TensorType.Float(Shape.Of(N, 3, T, T)), Mask(N, T, T)], new() { [1] = Repeat([1, 0, 1, 1, 0, 0, 1, 1], 6) }),
        new(new Softmax(true), [TensorType.Float(Shape.Of(N, T, 5)), Mask(N, T, 5)], new() { [1] = Repeat([0, 1, 1], 20) }),
        Sample(new LogSoftmax(), [N, 2, 3]),
        Sample(new Sparsemax(), [N, 2, 5]),
        Sample(new Concat(1), [N, 2, 3], [N, 1, 3], [N, 4, 3]),
        Sample(new Concat(1), [N, T, 2], [N, T, 2]),
        Sample(new Concat(2), [N, T, 2], [N, T, 1]),
        Sample(new Slice(1, 1, 2), [N, 4, 3]),
        Sample(new Slice(0, 0, N), [N, 4]),
        Sample(new Slice(0, T, 3), [20, 2]),
        Sample(new Pad(1, 2, 7), [N, 4, 3]),
        Sample(new Pad(0, 1, N * 2), [N, 2]),
        .. from g in Geometries select Sample(new Conv(g.Geometry), g.X, g.W),
        .. from g in Geometries select Sample(new ConvInputGradient(g.Geometry, Shape.Of(g.X)), [.. g.Geometry.OutputShape(Shape.Of(g.X), Shape.Of(g.W)).Dims], g.W),
        .. from g in Geometries select Sample(new ConvFilterGradient(g.Geometry, Shape.Of(g.W)), g.X, [.. g.Geometry.OutputShape(Shape.Of(g.X), Shape.Of(g.W)).Dims]),
        .. from g in Pools select Sample(new MaxPool(g.Geometry), g.X),
        Chosen(),
        .. from g in Pools select Sample(new MaxPoolGradient(g.Geometry), g.X, [.. g.Geometry.OutputShape(Shape.Of(g.X)).Dims]),
        .. from g in Pools select Sample(new AveragePool(g.Geometry), g.X),
        .. from g in Pools select Sample(new AveragePoolGradient(g.Geometry, Shape.Of(g.X)), [.. g.Geometry.OutputShape(Shape.Of(g.X)).Dims]),
        Sample(Resample.Of(1, 5, [(0, [1]), (1, [0.25, 0.5, -0.25]), (4, [2]), (3, [0.5, 0.5])]), [N, 5, 2]),
        Sample(Resample.Of(2, 3, [(0, [1]), (1, [1]), (2, [1])]), [N, T, 3]),
        Sample(Resample.Of(2, 3, [(0, [0.5, 0.5]), (1, []), (0, [1, 2, 3])]), [2, N, 3, 17]),
        .. from outside in Enum.GetValues<Extension>() from isLinear in new[] { true, false } select Shifted(new SampleAxis(isLinear ? 1 : 2, 4, isLinear, outside), [N, 5, 3, 2]),
        .. from outside in Enum.GetValues<Extension>() from isLinear in new[] { true, false } select Shifted(new SampleAxisGradient(new SampleAxis(isLinear ? 1 : 2, 4, isLinear, outside), 6), [N, isLinear ? 4 : 2, isLinear ? 3 : 4, 1]),
        Sample(new Reverse(1), [N, T, 2]),
        Sample(new WindowSum(2, 1), [N, 2, 7]),
        Sample(new WindowSum(0, 9), [N, T]),
        Sample(new SinePositions(0, T, 5, 100)),
        Sample(new SinePositions(T, 3, 2, 10000)),
        new(new SequenceMask(T), [new TensorType(ElementType.Int32, Shape.Of(N))], new() { [0] = [3, 0, 4] }),
        Sample(new Scan(Body(keep: true)), [N, 2], [N, 1], [T, N, 2], [T, N], [2, 2], [2]),
        Sample(new Scan(Body(keep: true), IsReverse: true), [N, 2], [N, 1], [T, N, 2], [T, N], [2, 2], [2]),
        .. from windows in new[] { new Windows(T, 3), new Windows(4, 2), new Windows(5, 2) } from reverse in new[] { false, true }
           select Sample(new Scan(Window(windows), reverse, windows), [N, 2], [N, 1], [windows.Time, N, 2], [windows.Time, N], [2, 2], [2]),
        Sample(new ReduceMin(EquatableArray.Of(1)), [N, 5, 2]),
        Sample(new ReduceMin(EquatableArray.Of(0, 2), KeepDims: true), [N, 3, T]),
        Sample(new ReduceProd(EquatableArray.Of(1)), [N, 5, 2]),
        Sample(new ReduceProd(EquatableArray.Of(1, 2), KeepDims: true), [N, 3, T]),
        new(new ReduceProd(EquatableArray.Of(1)), [TensorType.Float(Shape.Of(N, 3))], new() { [0] = [2, 0, 3, 0, 1, 0, -1, 2, 0.5] }),
        Sample(new CumSum(1), [N, 5, 2]),
        Sample(new CumSum(2, IsExclusive: true), [N, 3, T]),
        Sample(new CumSum(0, IsReverse: true), [N, 3]),
        Sample(new CumSum(1, IsExclusive: true, IsReverse: true), [N, T, 3]),
        .. from axis in new[] { 0, 1, 2 } from isMinimum in new[] { false, true } select Sample(new ArgMax(axis, isMinimum), [N, 5, T]),
        new(new ArgMax(1, SelectLast: true), [new TensorType(ElementType.Int32, Shape.Of(N, 7))], new() { [0] = Repeat([1, 2, 0, 2, 1, 2, 0], 3) }),
        Indexed(new GatherAxis(1), [N, 5, 2], [3], [4, 0, -1]),
        Indexed(new GatherAxis(2), [N, 2, 5], [2, 3], [4, 0, -5, 2, 2, 1]),
        Indexed(new GatherAxis(0), [5, 2], [N], [4, -1, 2]),
        Indexed(new GatherAxis(2, IsPerSample: true), [N, 3, 5, 2], [N, 2], [4, 0, -2, 1, 2, 2]),
        Indexed(new GatherAxis(1, IsPerSample: true), [N, T, 2], [N], [0, 0, -1]),
        Indexed(new GatherAxisGradient(new GatherAxis(1), Shape.Of(N, 5, 2)), [N, 3, 2], [3], [4, 4, -5]),
        Indexed(new GatherAxisGradient(new GatherAxis(2, IsPerSample: true), Shape.Of(N, 3, 5, 2)), [N, 3, 2, 2], [N, 2], [4, 0, -2, 1, 2, 2]),
        Indexed(new GatherElements(1), [N, 5, 2], [N, 3, 2], [4, 0, -1, 3, 2, 2]),
        Indexed(new GatherElements(2), [N, 2, 5], [N, 2, 3], [4, 0, -1, 3, 2, 2, 1]),
        Indexed(new GatherElementsGradient(1, Shape.Of(N, 5, 2)), [N, 3, 2], [N, 3, 2], [4, 0, 4, 3, -1, 2]),
        new(new Gather(), [TensorType.Float(Shape.Of(5, 2)), new TensorType(ElementType.Int32, Shape.Of(N, 2))], new() { [1] = [0, 4, 2, 2, 1, 4] }),
        new(new GatherGradient(Shape.Of(5, 2)), [TensorType.Float(Shape.Of(N, 2, 2)), new TensorType(ElementType.Int32, Shape.Of(N, 2))], new() { [1] = [0, 4, 2, 2, 1, 4] }),
    ];

    private static MatrixForm Form(bool isTransposed) => isTransposed ? MatrixForm.Transposed : MatrixForm.Plain;

    private static double[] Repeat(double[] data, int times) => [.. Enumerable.Repeat(data, times).SelectMany(d => d)];

    /// <summary>Numbers of 0 and 1; the type keeps them out of the differences.</summary>
    private static TensorType Mask(params Dim[] shape) => new(ElementType.Int32, Shape.Of(shape));

    /// <summary>A product of which one side has zeros above its diagonal.</summary>
    private static OpSample Triangular(bool isLeft, MatrixForm left, MatrixForm right)
    {
        double[] lower = [0.5, 0, 0, 0, -1, 2, 0, 0, 0.25, 1, -0.5, 0, 1, -2, 0.75, 1.5];
        TensorType a = TensorType.Float(Shape.Of(N, 4, 4));
        TensorType other = TensorType.Float(isLeft ? right.HasFlag(MatrixForm.Transposed) ? Shape.Of(N, 3, 4) : Shape.Of(N, 4, 3) : left.HasFlag(MatrixForm.Transposed) ? Shape.Of(N, 4, 3) : Shape.Of(N, 3, 4));
        return new(new BatchMatMul(left, right, MatrixForm.Plain, isLeft ? Triangle.Left : Triangle.Right), isLeft ? [a, other] : [other, a], new() { [isLeft ? 0 : 1] = Repeat(lower, 3) });
    }

    private static (ConvGeometry Geometry, Dim[] X, Dim[] W)[] Geometries =>
    [
        (Geometry([1, 1], [0, 0], [0, 0], [1, 1], 1), [N, 4, 3, 2], [2, 2, 2, 3]),
        (Geometry([2, 1], [1, 0], [1, 2], [1, 1], 1), [N, 5, 3, 1], [3, 2, 1, 2]),
        (Geometry([1, 1], [1, 1], [1, 1], [2, 1], 2), [N, 3, 3, 4], [2, 1, 2, 2]),
        (Geometry([2], [1], [0], [1], 1), [N, T, 2], [2, 2, 1]),
        (Geometry([2, 3], [2, 0], [1, 4], [2, 2], 1), [N, 6, 5, 2], [2, 3, 2, 3]),
        (Geometry([2], [3], [0], [2], 2), [N, T, 4], [2, 2, 2]),
    ];

    /// <summary>Size, strides, places before and behind; the last has a time.</summary>
    private static (PoolGeometry Geometry, Dim[] X)[] Pools =>
    [
        (Pool([2, 2], [2, 2], [0, 0], [0, 0]), [N, 5, 4, 3]),
        (Pool([3, 3], [2, 2], [0, 1], [1, 1]), [N, 6, 5, 2]),
        (Pool([2, 5], [1, 1], [0, 2], [1, 2]), [N, 3, 4, 1]),
        (Pool([1, 2], [3, 4], [0, 0], [0, 0]), [N, 5, 7, 1]),
        (Pool([2], [1], [0], [1]), [N, T, 3]),
        (Pool([2, 3], [1, 2], [1, 2], [0, 1]) with { Dilations = EquatableArray.Of(3, 2) }, [N, 7, 6, 2]),
        (Pool([2, 2], [2, 1], [0, 1], [1, 1]) with { CountsPads = true }, [N, 4, 3, 2]),
        (Pool([2], [1], [0], [0]) with { Dilations = EquatableArray.Of(2) }, [N, T.Affine(2, 1), 3]),
    ];

    private static PoolGeometry Pool(int[] size, int[] strides, int[] before, int[] after) =>
        new(size.ToEquatableArray(), strides.ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray());

    /// <summary>The places of three samples, one of them backwards and far outside.</summary>
    private static OpSample Shifted(Op op, Dim[] x)
    {
        TensorType numbers = new(ElementType.Int32, Shape.Of(N));
        return new(op, [TensorType.Float(Shape.Of(x)), numbers, numbers], new() { [1] = [-0.75, 1, 13.25], [2] = [1, 1.25, -1] });
    }

    /// <summary>X chooses and has no gradient, so its type keeps it out of the differences.</summary>
    private static OpSample Chosen()
    {
        Shape x = Shape.Of(N, 6, 5, 2);
        return new(new MaxPool(Pools[1].Geometry), [new TensorType(ElementType.Int32, x), TensorType.Float(x)]);
    }

    /// <summary>A loop with two states, two sequences, a matrix and a vector that are the same in each step; one state is no output.</summary>
    private static ScanBody Body(bool keep)
    {
        ScanBody body = new();
        Graph g = body.Graph;
        Value h = body.AddState("h", Shape.Of(N, 2)), s = body.AddState("s", Shape.Of(N, 1));
        Value x = body.AddSequence("x", Shape.Of(N, 2)), m = body.AddSequence("m", Shape.Of(N));
        Value u = body.AddConstant("u", Shape.Of(2, 2)), b = body.AddConstant("b", Shape.Of(2));
        Value z = g.Add(new Map(Expr.Call("Tanh", Expr.In(0) + Expr.In(1) + Expr.In(2))), x, g.Add(new MatMul(), h, u), b);
        Value gate = g.Add(new Reshape(Shape.Of(N, 1)), m);
        Value sum = g.Add(new Map((Expr.In(0) * 0.5) + (Expr.In(1) * Expr.In(2))), s, gate, g.Add(new ReduceSum(EquatableArray.Of(1), KeepDims: true), z));
        body.Next.AddRange([g.Add(new Map(Expr.In(0) * Expr.In(1)), z, sum), sum]);
        body.Outputs.AddRange([z, body.Next[0]]);
        if (keep)
        {
            ScanGradient.Keep(body);
        }

        return body;
    }

    /// <summary>The same loop over a window of the steps.</summary>
    private static ScanBody Window(Windows windows)
    {
        ScanBody body = new();
        Value h = body.AddState("h", Shape.Of(N, 2)), s = body.AddState("s", Shape.Of(N, 1));
        Value x = body.AddSequence("x", Shape.Of(windows.Length, N, 2)), m = body.AddSequence("m", Shape.Of(windows.Length, N));
        Node steps = body.Graph.AddNode(new Scan(Body(keep: true)), h, s, x, m, body.AddConstant("u", Shape.Of(2, 2)), body.AddConstant("b", Shape.Of(2)));
        body.Next.AddRange([steps.Outputs[0], steps.Outputs[1]]);
        body.Outputs.AddRange([steps.Outputs[2], h, s]);
        return body;
    }

    private static ConvGeometry Geometry(int[] strides, int[] before, int[] after, int[] dilations, int groups) =>
        new(strides.ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray(), dilations.ToEquatableArray(), groups);

    /// <summary>Numbers over and over along an axis of X.</summary>
    private static OpSample Indexed(Op op, Dim[] x, Dim[] indices, double[] numbers) =>
        new(op, [TensorType.Float(Shape.Of(x)), new TensorType(ElementType.Int32, Shape.Of(indices))], new() { [1] = [.. Enumerable.Range(0, DoubleTensor.CountOf(Shape.Of(indices).Evaluate(Sizes))).Select(i => numbers[i % numbers.Length])] });

    private static OpSample Sample(Op op, params Dim[][] shapes) => new(op, [.. shapes.Select(s => TensorType.Float(Shape.Of(s)))]);
}
