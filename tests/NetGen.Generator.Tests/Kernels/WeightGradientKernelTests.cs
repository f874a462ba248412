namespace NetGen.Generator.Tests;

/// <summary>Gradients of matrices over many rows, in blocks of packed columns: full and partial blocks, odd columns, inputs that are packed in pieces and others.</summary>
public sealed class WeightGradientKernelTests
{
    private const int Steps = 3;
    private static readonly (int Inputs, int Columns)[] Shapes = [(256, 64), (256, 33), (257, 48), (272, 65), (320, 100), (1088, 40), (300, 160)];
    private static readonly int[] Samples = [1, 2, 21, 22, 64, 65, 130];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        foreach ((int inputs, int columns) in Shapes)
        {
            Graph g = new();
            Value x = g.Add(new Reshape(Shape.Of(Dim.Batch * Steps, inputs)), g.Input("x", TensorType.Float(Shape.Of(Dim.Batch, Steps, inputs))));
            Value z = g.Add(new Map(Expr.Call("Abs", Expr.In(0))), g.Input("z", TensorType.Float(Shape.Of(Dim.Batch, Steps, columns))));
            g.Outputs.Add(new GraphOutput("y", g.Add(new MatMul(TransposeA: true), x, g.Add(new Reshape(Shape.Of(Dim.Batch * Steps, columns)), z))));
            batch.Add($"({inputs},{columns})", g);
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Shapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_op(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        WeightGradientKernel kernel = Assert.Single(net.Schedules.Inference.Kernels.OfType<WeightGradientKernel>());
        Assert.Equal(Shapes[index].Inputs % 64 == 0, kernel.Summary.Contains("in pieces", StringComparison.Ordinal));
        foreach (int samples in Samples)
        {
            NetCheck.Inference(net, new NetData(samples), NetCheck.Op);
        }
    }

    [Theory]
    [InlineData(255, 64)]
    [InlineData(256, 32)]
    public void Short_rows_and_few_columns_are_plain_products(int inputs, int columns) => Assert.False(WeightGradientKernel.Takes(Dim.Batch * Steps, inputs, columns));
}
