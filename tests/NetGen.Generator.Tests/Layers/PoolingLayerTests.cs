namespace NetGen.Generator.Tests;

public sealed class PoolingLayerTests
{
    [Theory]
    [InlineData("[Input(4, 5, 3), MaxPooling2D(6)]", "PoolSize", "(6, 6)", "(4, 5)", "(n, 4, 5, 3)")]
    [InlineData("[Input(4, 5, 3), AveragePooling2D(2, 4, DataFormat = DataFormat.ChannelsFirst)]", "PoolSize", "(2, 4)", "(5, 3)")]
    [InlineData("[Input(1, 5), MaxPooling1D]", null, "(2)", "(1)")]
    [InlineData("[Input(4, 5, 3), MaxPooling2D(0)]", "PoolSize", "at least 1", "0")]
    [InlineData("[Input(4, 5, 3), MaxPooling2D(2, 2, 2)]", "PoolSize", "2", "not 3")]
    [InlineData("[Input(4, 5, 3), MaxPooling2D(2, Strides = -1)]", "Strides", "at least 1", "-1")]
    [InlineData("[Input(4, 5), AveragePooling2D]", null, "rank 4", "(n, 4, 5)")]
    [InlineData("[Input(4, 5, 3), GlobalAveragePooling1D]", null, "rank 3", "(n, 4, 5, 3)")]
    [InlineData("[Input(Dim.Any, 3), MaxPooling1D(2, Padding = Padding.Same)]", "Padding", "constant", "(n, t, 3)")]
    [InlineData("[Input(4, 5, 3, 1), MaxPooling3D(2, 6, 2)]", "PoolSize", "(2, 6, 2)", "(4, 5, 3)", "(n, 4, 5, 3, 1)")]
    [InlineData("[Input(4, 5, 3), AveragePooling3D]", null, "rank 5", "(n, 4, 5, 3)")]
    [InlineData("[Input(4, 5, 3), GlobalMaxPooling3D]", null, "rank 5", "(n, 4, 5, 3)")]
    [InlineData("[Input(Dim.Any, 4, 3, 1), MaxPooling3D]", null, "constant sizes", "(n, t, 4, 3, 1)")]
    [InlineData("[Input(4, 5, 3), AdaptiveMaxPooling2D(2, 0)]", "OutputSize", "at least 1", "0")]
    [InlineData("[Input(4, 5, 3), AdaptiveMaxPooling2D(2, 3, 4)]", "OutputSize", "2", "not 3")]
    [InlineData("[Input(4, 5, 3), AdaptiveAveragePooling1D(2)]", null, "rank 3", "(n, 4, 5, 3)")]
    [InlineData("[Input(Dim.Any, 3), AdaptiveAveragePooling1D(2)]", null, "constant sizes", "(n, t, 3)")]
    public void Problems_are_on_the_argument_and_tell_both_shapes(string tape, string? argument, params string[] parts)
    {
        Problem problem = Assert.Single(TapeText.Build(tape).Problems);
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Input(28, 28, 1), MaxPooling2D]", "(n, 14, 14, 1)")]
    [InlineData("[Input(7, 8, 3), MaxPooling2D(3, 2, Strides = 2)]", "(n, 3, 4, 3)")]
    [InlineData("[Input(7, 8, 3), AveragePooling2D(3, Strides = new[] { 2, 3 }, Padding = Padding.Same)]", "(n, 4, 3, 3)")]
    [InlineData("[Input(3, 7, 8), AveragePooling2D(DataFormat = DataFormat.ChannelsFirst)]", "(n, 3, 3, 4)")]
    [InlineData("[Input(3, 7, 8), GlobalMaxPooling2D(Keepdims = true)]", "(n, 1, 1, 8)")]
    [InlineData("[Input(7, 8, 9, 3), MaxPooling3D(3, 2, 4, Strides = 2)]", "(n, 3, 4, 3, 3)")]
    [InlineData("[Input(3, 7, 8, 9), AveragePooling3D(DataFormat = DataFormat.ChannelsFirst)]", "(n, 3, 3, 4, 4)")]
    [InlineData("[Input(3, 7, 8, 9), GlobalAveragePooling3D(Keepdims = true)]", "(n, 1, 1, 1, 9)")]
    [InlineData("[Input(7, 8, 9, 3), AdaptiveAveragePooling3D(7, 3, 20)]", "(n, 7, 3, 20, 3)")]
    public void Shapes_are_those_of_Keras(string tape, string shape) => Assert.Equal(shape, TapeText.Graph(tape).Outputs[0].Value.Shape.ToString());

    [Fact]
    public void An_average_counts_only_real_elements()
    {
        Graph graph = TapeText.Graph("[Input(3, 1), AveragePooling1D(2, Strides = 2, Padding = Padding.Same)]");
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        interpreter.Set(graph.Inputs[0], [1, 2, 5]);
        interpreter.Run(graph);
        Assert.Equal([1.5, 5], interpreter.Get(graph.Outputs[0].Value).Data);
    }

    /// <summary>Windows [0, 3), [1, 4) and [3, 5) of 5 in 3 share elements; of 2 in 3 they are [0, 1), [0, 2) and [1, 2).</summary>
    [Theory]
    [InlineData("[Input(5, 1), AdaptiveAveragePooling1D(3)]", new double[] { 1, 5, 3, 9, 2 }, new double[] { 3, 17 / 3.0, 5.5 })]
    [InlineData("[Input(5, 1), AdaptiveMaxPooling1D(3)]", new double[] { 1, 5, 3, 9, 2 }, new double[] { 5, 9, 9 })]
    [InlineData("[Input(2, 1), AdaptiveAveragePooling1D(3)]", new double[] { 1, 5 }, new double[] { 1, 3, 5 })]
    [InlineData("[Input(2, 1), AdaptiveMaxPooling1D(3)]", new double[] { 1, 5 }, new double[] { 1, 5, 5 })]
    public void Adaptive_windows_cover_the_map_evenly(string tape, double[] x, double[] y)
    {
        Graph graph = TapeText.Graph(tape);
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        interpreter.Set(graph.Inputs[0], x);
        interpreter.Run(graph);
        double[] found = interpreter.Get(graph.Outputs[0].Value).Data;
        Assert.Equal(y.Length, found.Length);
        Assert.All(y.Zip(found), p => Assert.Equal(p.First, p.Second, 12));
    }

    [Fact]
    public void The_gradient_of_a_maximum_goes_to_the_first()
    {
        Graph graph = TapeText.Graph("[Input(4, 1), MaxPooling1D(4)]");
        Value dY = graph.Gradient("dY", graph.Outputs[0].Value.Type, 0);
        Value dX = Autodiff.Backward(graph, [(graph.Outputs[0].Value, dY)], [graph.Inputs[0]])[graph.Inputs[0]];
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        interpreter.Set(graph.Inputs[0], [1, 3, 3, 2]);
        interpreter.Set(dY, [7]);
        interpreter.Run(graph);
        Assert.Equal([0, 7, 0, 0], interpreter.Get(dX).Data);
    }
}
