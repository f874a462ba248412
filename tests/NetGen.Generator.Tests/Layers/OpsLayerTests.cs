namespace NetGen.Generator.Tests;

/// <summary>What operations give for numbers whose results are known, and what they refuse.</summary>
public sealed class OpsLayerTests
{
    [Theory]
    [InlineData("Ops.Slice(Starts = new[] { 1 }, Ends = new[] { -1 })", "(n, 4)", new[] { 1.0, 2, 3, 4 })]
    [InlineData("Ops.Slice(Starts = new[] { -100 }, Ends = new[] { 100 }, Steps = new[] { 2 })", "(n, 3)", new[] { 0.0, 2, 4 })]
    [InlineData("Ops.Slice(Starts = new[] { 1 }, Ends = new[] { 6 }, Steps = new[] { 4 })", "(n, 2)", new[] { 1.0, 5 })]
    [InlineData("Ops.Slice(Starts = new[] { 100 }, Ends = new[] { -100 }, Steps = new[] { -2 })", "(n, 3)", new[] { 5.0, 3, 1 })]
    [InlineData("Ops.Slice(Starts = new[] { -2 }, Ends = new[] { 1 }, Steps = new[] { -1 })", "(n, 3)", new[] { 4.0, 3, 2 })]
    [InlineData("Reshape(2, 3), Ops.Slice(Starts = new[] { 1 }, Ends = new[] { 3 }, Axes = new[] { -1 })", "(n, 2, 2)", new[] { 1.0, 2, 4, 5 })]
    [InlineData("Reshape(2, 3), Ops.Tile(2, 1)", "(n, 4, 3)", new[] { 0.0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5 })]
    [InlineData("Reshape(2, 3), Ops.CumSum(Axis = 2, Exclusive = true)", "(n, 2, 3)", new[] { 0.0, 0, 1, 0, 3, 7 })]
    [InlineData("Reshape(2, 3), Ops.ReduceSum(1)", "(n, 1, 3)", new[] { 3.0, 5, 7 })]
    [InlineData("Reshape(2, 3), Ops.ReduceMean(-1, KeepDims = false)", "(n, 2)", new[] { 1.0, 4 })]
    [InlineData("Reshape(2, 3), Ops.ReduceProd(KeepDims = false)", "(n)", new[] { 0.0 })]
    [InlineData("Reshape(2, 3), Ops.ReduceL2(1)", "(n, 1, 3)", new[] { 3, 4.123105625617661, 5.385164807134504 })]
    [InlineData("Ops.ReduceLogSumExp()", "(n, 1)", new[] { 5.456193316018123 })]
    [InlineData("Reshape(2, 3), Ops.ArgMax(Axis = 2, KeepDims = false)", "(n, 2)", new[] { 2.0, 2 })]
    [InlineData("Reshape(3, 2), Ops.ArgMin()", "(n, 1, 2)", new[] { 0.0, 0 })]
    [InlineData("Reshape(2, 3), Ops.Hardmax(Axis = 1)", "(n, 2, 3)", new[] { 0.0, 0, 0, 1, 1, 1 })]
    [InlineData("Reshape(2, 1, 3), Ops.Expand(2, 1)", "(n, 2, 2, 3)", new[] { 0.0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5 })]
    [InlineData("Reshape(1, 6), Ops.Expand(2, 1, 1)", "(n, 2, 1, 6)", new[] { 0.0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5 })]
    [InlineData("Ops.Constant(-1, 0, Name = \"i\"), Ops.Gather(\"x\", \"i\")", "(n, 2)", new[] { 5.0, 0 })]
    [InlineData("Ops.Constant(2, Name = \"i\"), Ops.Gather(\"x\", \"i\"), Add(\"x\", \"gather\")", "(n, 6)", new[] { 2.0, 3, 4, 5, 6, 7 })]
    [InlineData("Reshape(2, 3, Name = \"a\"), Ops.Constant(1, 0, 2, 1, Shape = new[] { 2, 2 }, Name = \"i\"), Ops.GatherElements(\"a\", \"i\", Axis = 2)", "(n, 2, 2)", new[] { 1.0, 0, 5, 4 })]
    [InlineData("Ops.Cast(OnnxType.Int32, Name = \"i\"), Ops.Constant(10, 11, 12, 13, 14, 15, Shape = new[] { 6, 1 }, Name = \"t\"), Ops.Gather(\"t\", \"i\")", "(n, 6, 1)", new[] { 10.0, 11, 12, 13, 14, 15 })]
    [InlineData("Ops.Constant(4, Name = \"four\"), Ops.Mod(\"x\", \"four\", Name = \"i\"), Ops.Gather(\"x\", \"i\")", "(n, 6)", new[] { 0.0, 1, 2, 3, 0, 1 })]
    [InlineData("Ops.Constant(-4, Name = \"c\"), Ops.Mod(\"x\", \"c\")", "(n, 6)", new[] { 0.0, -3, -2, -1, 0, -3 })]
    [InlineData("Ops.Constant(1, 2, 3, 4, 5, 6, Shape = new[] { 6, 1 }, Name = \"w\"), Ops.MatMul(\"x\", \"w\")", "(n, 1)", new[] { 70.0 })]
    [InlineData("Ops.Constant(1, 2, 3, 4, 5, 6, Name = \"w\"), Ops.MatMul(\"w\", \"x\")", "(n)", new[] { 70.0 })]
    [InlineData("Reshape(2, 3, Name = \"a\"), Ops.Constant(1, 2, Shape = new[] { 1, 2 }, Name = \"w\"), Ops.MatMul(\"w\", \"a\")", "(n, 1, 3)", new[] { 6.0, 9, 12 })]
    public void The_result_is_known(string layers, string shape, double[] expected)
    {
        Graph graph = TapeText.Graph($"[Input(6, Name = \"x\"), {layers}]");
        Value output = Assert.Single(graph.Outputs).Value;
        Assert.Equal(shape, output.Shape.ToString());
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        interpreter.Set(graph.Inputs[0], [0, 1, 2, 3, 4, 5]);
        interpreter.Run(graph);
        Assert.Equal(expected, interpreter.Get(output).Data, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("Ops.Slice(Starts = new[] { 0 }, Ends = new[] { 1 }, Axes = new[] { 0 })", "NG0012", "other than the batch")]
    [InlineData("Ops.Slice(Starts = new[] { 3 }, Ends = new[] { 3 })", "NG0012", "takes nothing of axis 1")]
    [InlineData("Ops.Slice(Starts = new[] { 0 }, Ends = new[] { 3 }, Steps = new[] { 0 })", "NG0012", "no step of 0")]
    [InlineData("Ops.Slice(Starts = new[] { 0, 0 }, Ends = new[] { 3, 3 })", "NG0012", "2 Starts, one for each axis from 1 on; (n, 6) has 1")]
    [InlineData("Ops.Constant(1, 2, 3, Name = \"c\"), Ops.Slice(From = \"c\", Starts = new[] { 0, 0 }, Ends = new[] { 3, 3 })", "NG0012", "2 Starts, one for each axis from 0 on; (3) has 1")]
    [InlineData("Ops.ReduceSum(0)", "NG0012", "other than the batch")]
    [InlineData("Ops.Expand(4)", "NG0011", "cannot expand (6) to (4)")]
    [InlineData("Ops.Tile(2, 2)", "NG0012", "for each axis of a sample (6)")]
    [InlineData("Ops.Constant(6, Name = \"i\"), Ops.Gather(\"x\", \"i\")", "NG0012", "takes number 6 along axis 1")]
    [InlineData("Ops.Constant(1, 2, Name = \"t\"), Reshape(2, 1, From = \"t\", Name = \"u\"), Ops.Gather(\"u\", \"x\", Axis = 1)", "NG0011", "the batch stay first")]
    [InlineData("Ops.Constant(1, 2, Name = \"w\"), Ops.MatMul(\"x\", \"w\")", "NG0011", "6 and 2")]
    public void What_does_not_fit_is_told(string layers, string id, string part)
    {
        Problem problem = TapeText.Build($"[Input(6, Name = \"x\"), {layers}]").Problems.First(p => p.Id is not ("NG0015" or "NG0021"));
        Assert.Equal(id, problem.Id);
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_one_after_the_other_are_a_slice_and_rows_of_a_table_what_an_embedding_takes()
    {
        Assert.Contains(TapeText.Graph("[Input(6, Name = \"x\"), Ops.Constant(2, 3, Name = \"i\"), Ops.Gather(\"x\", \"i\")]").Nodes, n => n.Op is Slice { Start.Constant: 2, Size.Constant: 2 });
        Assert.Contains(TapeText.Graph("[Input(6, Name = \"x\"), Ops.Parameter(9, 2, Name = \"t\"), Ops.Gather(\"t\", \"x\")]").Nodes, n => n.Op is Gather);
        Assert.Contains(TapeText.Graph("[Input(4, 6, Name = \"x\"), Ops.Parameter(6, 2, Name = \"t\"), Ops.MatMul(\"x\", \"t\")]").Nodes, n => n.Op is MatMul);
    }
}
