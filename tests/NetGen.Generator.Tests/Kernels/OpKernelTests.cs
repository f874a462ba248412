namespace NetGen.Generator.Tests;

/// <summary>Every op's kernels against its own evaluation in double.</summary>
public sealed class OpKernelTests
{
    private static readonly Dim N = Dim.Batch;
    private static readonly Dim T = Dim.Time("t");

    /// <summary>Beyond the samples of all ops: sizes around the vectors' widths, and forms that only kernels tell apart.</summary>
    private static readonly OpSample[] More =
    [
        .. from size in new[] { 1, 4, 15, 16, 17, 31, 32, 33, 47, 100 } select Sample(new Softmax(), [N, size]),
        .. from size in new[] { 1, 15, 33 } from op in new Op[] { new LogSoftmax(), new Sparsemax() } select Sample(op, [N, 2, size]),
        .. from size in new[] { 1, 15, 16, 17, 33 } from isCausal in new[] { false, true } select Sample(new Softmax(isCausal), [N, 2, size, T]),
        .. from size in new[] { 1, 15, 16, 17, 33 } from rows in new Dim[] { 1, T } select Masked(size, rows),
        .. from n in new[] { 1, 5, 16, 17, 31, 32, 33, 48, 64, 70 } from isTransposed in new[] { false, true } select Sample(new BatchMatMul(Right: Form(isTransposed)), [N, T, 5], isTransposed ? [N, n, 5] : [N, 5, n]),
        .. from m in new[] { 1, 7, 63, 64, 65, 70, 130 } from isTransposed in new[] { false, true } select Sample(
            new BatchMatMul(Form(isTransposed) | MatrixForm.Interleaved, MatrixForm.Interleaved, MatrixForm.Interleaved), isTransposed ? [N, 9, 2, m] : [N, m, 2, 9], [N, 9, 2, 17]),
        .. from m in new[] { 1, 33, 65, 100 } from n in new Dim[] { 1, 40, 100, T } select Sample(
            new BatchMatMul(MatrixForm.Interleaved, MatrixForm.Interleaved | MatrixForm.Transposed, MatrixForm.Plain, Triangle.Product), [N, m, 3, 4], [N, n, 3, 4]),
        .. from size in new[] { 1, 5, 16, 17, 33, 64, 70, 131, 300 } from isTransposed in new[] { false, true } select Sample(
            new BatchMatMul(MatrixForm.Interleaved, MatrixForm.RowsFirst | Form(isTransposed), MatrixForm.Interleaved), [N, 1, 2, isTransposed ? size : T], [T, N, 2, size]),
        .. from isTransposed in new[] { false, true } select Sample(new BatchMatMul(MatrixForm.Plain, MatrixForm.RowsFirst | Form(isTransposed)), [N, 1, isTransposed ? 19 : T], [T, N, 19]),
        .. from m in new[] { 3, 70 } from isTransposed in new[] { false, true } select Sample(
            new BatchMatMul(MatrixForm.Plain, MatrixForm.RowsFirst | Form(isTransposed), MatrixForm.RowsFirst), [N, 2, m, isTransposed ? 18 : T], [T, N, 2, 18]),
        Sample(new LogSoftmax(), [N, T]),
        Sample(new Sparsemax(), [N, T]),
        Sample(new Transpose(EquatableArray.Of(1, 0)), [N, 17]),
        Sample(new Transpose(EquatableArray.Of(3, 1, 0, 2)), [N, 3, T, 2]),
        Sample(new Transpose(EquatableArray.Of(4, 0, 2, 1, 3)), [N, 3, 2, 4, 2]),
        Sample(new Transpose(EquatableArray.Of(5, 1, 4, 0, 3, 2)), [2, 3, 2, N, 2, 3]),
        Sample(new Concat(0), [N, 3], [N, 3]),
        Sample(new Concat(3), [N, 2, 3, 1], [N, 2, 3, 16], [N, 2, 3, 5]),
        Sample(new Slice(2, 15, 17), [N, 2, 40]),
        Sample(new Pad(2, 3, 40), [N, 2, 33]),
        Sample(new Reverse(2), [N, 2, 5]),
        .. from size in new[] { 1, 4, 15, 16, 17, 33, 100 } from window in new[] { new WindowSum(2, 2), new WindowSum(0, 1), new WindowSum(20, 3) } select Sample(window, [N, 3, size]),
        Sample(new Reverse(0), [N, 5]),
        Sample(new Conv(Geometry([1, 1], [1, 1], [1, 1], 1)), [N, 5, 4, 3], [3, 3, 3, 17]),
        Sample(new Conv(Geometry([2, 2], [0, 1], [1, 0], 4)), [N, 6, 5, 8], [2, 3, 2, 12]),
    ];

    private static readonly OpSample[] Samples = [.. OpSamples.All, .. More];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        foreach (OpSample sample in Samples)
        {
            Graph graph = new();
            Value[] inputs = [.. sample.Inputs.Select((t, i) => graph.Input("x" + i, t))];

            // The sizes of a program are those of its inputs.
            graph.Input("sizes", TensorType.Float(Shape.Of(N, T)));
            Node node = graph.AddNode(sample.Op, inputs);
            graph.Outputs.AddRange(node.Outputs.Select((o, i) => new GraphOutput("y" + i, o)));
            batch.Add(sample.ToString(), graph);
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Samples.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_op(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach ((int n, int t) in new[] { (1, 1), (3, 4), (5, 17) })
        {
            NetData data = new(n, t)
            {
                Make = (value, i) => Samples[index].Data is { } given && given.TryGetValue(value.Slot, out double[]? elements) ? elements[i % elements.Length] : null,
            };
            NetCheck.Inference(net, data, NetCheck.Op);
        }
    }

    [Fact]
    public void Every_op_has_a_kernel()
    {
        IEnumerable<Type> ops = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract && t != typeof(Reshape));
        Assert.Empty(ops.Except(KernelTable.Ops).Select(t => t.Name));
    }

    private static ConvGeometry Geometry(int[] strides, int[] before, int[] after, int groups) =>
        new(strides.ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray(), strides.Select(_ => 1).ToEquatableArray(), groups);

    private static MatrixForm Form(bool isTransposed) => isTransposed ? MatrixForm.Transposed : MatrixForm.Plain;

    /// <summary>Masks of which some rows have one element, and some none.</summary>
    private static OpSample Masked(int size, Dim rows) => new(
        new Softmax(rows != 1), [TensorType.Float(Shape.Of(N, 2, T, size)), TensorType.Float(Shape.Of(N, rows, size))],
        new() { [1] = [.. Enumerable.Range(0, 7 * size).Select(i => (i / size) switch { 0 or 6 => 1.0, 1 => 0, 2 => i % size == size / 2 ? 1 : 0, _ => i * 5 % 3 == 1 ? 0 : 1 })] });

    private static OpSample Sample(Op op, params Dim[][] shapes) => new(op, [.. shapes.Select(s => TensorType.Float(Shape.Of(s)))]);
}
