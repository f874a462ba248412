namespace NetGen.Generator.Tests;

/// <summary>Sums, products and extremes over every subset of the axes of tensors of rank 1 to 4.</summary>
public sealed class ReduceKernelTests
{
    private static readonly Dim[][] Shapes = [[Dim.Batch], [17], [Dim.Batch, 33], [Dim.Batch, 5, 16], [3, Dim.Batch, 2], [Dim.Batch, 2, 3, 19], [Dim.Batch, 4, 1, 5]];

    private static readonly (Dim[] Shape, int[] Axes)[] Cases =
        [.. from shape in Shapes from mask in Enumerable.Range(1, (1 << shape.Length) - 1) select (shape, Enumerable.Range(0, shape.Length).Where(a => (mask >> a & 1) != 0).ToArray())];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        foreach ((Dim[] shape, int[] axes) in Cases)
        {
            Graph graph = new();
            Value x = graph.Input("x", TensorType.Float(Shape.Of(shape)));
            graph.Outputs.Add(new GraphOutput("sum", graph.Add(new ReduceSum(axes.ToEquatableArray()), x)));
            graph.Outputs.Add(new GraphOutput("max", graph.Add(new ReduceMax(axes.ToEquatableArray(), KeepDims: true), x)));
            graph.Outputs.Add(new GraphOutput("min", graph.Add(new ReduceMin(axes.ToEquatableArray()), x)));
            graph.Outputs.Add(new GraphOutput("product", graph.Add(new ReduceProd(axes.ToEquatableArray(), KeepDims: true), x)));
            batch.Add($"{Shape.Of(shape)} over {string.Join(" ", axes)}", graph);
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_op(int index)
    {
        foreach (int n in new[] { 1, 2, 15, 16, 17, 40 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(n), NetCheck.Op);
        }
    }
}
