namespace NetGen.Generator.Tests;

/// <summary>ONNX's ops over maps: numbers by its formulas, the same graphs as Keras's layers, and what they refuse.</summary>
public sealed class OpsMapLayerTests
{
    /// <summary>Where both say the same, both are one graph and so the same kernels.</summary>
    [Theory]
    [InlineData("[Input(8, 7, 3), Conv2D(5, 3, Padding = Padding.Same, Activation = Activation.ReLU, Name = \"c\")]", "[Input(8, 7, 3), Ops.Conv(5, 3, 3, Pads = 1, Activation = Activation.ReLU, Name = \"c\")]")]
    [InlineData("[Input(9, 7, 3), ZeroPadding2D(2, 1, 0, 3), Conv2D(5, 3, Strides = 2, Name = \"c\")]", "[Input(9, 7, 3), Ops.Conv(5, 3, 3, Pads = new[] { 2, 0, 1, 3 }, Strides = 2, Name = \"c\")]")]
    [InlineData("[Input(8, 7, 4), DepthwiseConv2D(3, UseBias = false), ReLU]", "[Input(8, 7, 4), Ops.Conv(4, 3, 3, Groups = 4, UseBias = false), ReLU]")]
    [InlineData("[Input(3, 4, 2), Conv2DTranspose(5, 3, Strides = 2)]", "[Input(3, 4, 2), Ops.ConvTranspose(5, 3, 3, Strides = 2)]")]
    [InlineData("[Input(9, 8, 3), MaxPooling2D(3, 2, Strides = 2, Padding = Padding.Same)]", "[Input(9, 8, 3), Ops.MaxPool(3, 2, Strides = 2, Pads = new[] { 1, 0, 1, 0 })]")]
    [InlineData("[Input(8, 8, 3), MaxPooling2D(3, Strides = 2, Padding = Padding.Same)]", "[Input(8, 8, 3), Ops.MaxPool(3, 3, Strides = 2, CeilMode = true)]")]
    [InlineData("[Input(9, 8, 3), AveragePooling2D(3, Strides = 1, Padding = Padding.Same)]", "[Input(9, 8, 3), Ops.AveragePool(3, 3, Pads = 1)]")]
    [InlineData("[Input(9, 8, 3), ZeroPadding2D, AveragePooling2D(3, Strides = 1)]", "[Input(9, 8, 3), Ops.AveragePool(3, 3, Pads = 1, CountIncludePad = true)]")]
    public void The_graph_is_that_of_the_layer_of_Keras(string keras, string onnx)
    {
        Assert.Equal(Ops(keras), Ops(onnx));

        // A kernel may have another shape of the same elements.
        static IEnumerable<string> Ops(string tape) => PassList.Run(TapeText.Graph(tape)).Nodes.Where(n => n.Op is not Reshape).Select(n => n.Op.ToString());
    }

    [Fact]
    public void Zeros_that_count_in_a_mean_are_no_copy_of_the_map()
    {
        string graph = PassList.Run(TapeText.Graph("[Input(9, 8, 3), Ops.AveragePool(3, 3, Pads = 1, CountIncludePad = true)]")).ToString();
        Assert.Contains("AveragePool[size=3 3, strides=1 1, pads=1 1 1 1 counted]", graph, StringComparison.Ordinal);
        Assert.DoesNotContain("Pad[", graph, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Input(4, 1), Ops.MaxPool(2, Strides = 3, CeilMode = true)]", new double[] { 1, 3, 2, 5 }, new double[] { 3, 5 })]
    [InlineData("[Input(4, 1), Ops.MaxPool(2, Dilations = 2)]", new double[] { 1, 3, 2, 5 }, new double[] { 2, 5 })]
    [InlineData("[Input(5, 1), Ops.MaxPool(1, Strides = 3, Pads = new[] { 0, 1 }, CeilMode = true)]", new double[] { 1, 3, 2, 5, 4 }, new double[] { 1, 5 })]
    [InlineData("[Input(4, 1), Ops.AveragePool(3, Strides = 2, Pads = 1)]", new double[] { 3, 6, 9, 12 }, new double[] { 4.5, 9 })]
    [InlineData("[Input(4, 1), Ops.AveragePool(3, Strides = 2, Pads = 1, CountIncludePad = true)]", new double[] { 3, 6, 9, 12 }, new double[] { 3, 9 })]
    [InlineData("[Input(4, 1), Ops.AveragePool(3, Strides = 3, Pads = new[] { 1, 0 }, CountIncludePad = true, CeilMode = true)]", new double[] { 3, 6, 9, 12 }, new double[] { 3, 10.5 })]
    [InlineData("[Input(2, 2, 2, 1), Ops.AveragePool(2, 2, 2)]", new double[] { 1, 2, 3, 4, 5, 6, 7, 8 }, new double[] { 4.5 })]
    [InlineData("[Input(2, 1, 2, 1), Ops.MaxPool(2, 1, 1)]", new double[] { 1, 7, 3, 4 }, new double[] { 3, 7 })]
    public void Windows_are_those_of_ONNX(string tape, double[] x, double[] expected) => Assert.Equal(expected, Run(tape, x), (a, b) => a == b || Math.Abs(a - b) < 1e-12);

    /// <summary>A filter of 1, 10, 100, ... shows what each output sees.</summary>
    [Theory]
    [InlineData("[Input(4, 1), Ops.Conv(1, 2, Dilations = 2, Strides = 2, Pads = 1)]", new double[] { 1, 2, 3, 4 }, new double[] { 20, 42 })]
    [InlineData("[Input(3, 1, 1, 1), Ops.Conv(1, 2, 1, 1, Pads = new[] { 1, 0, 0, 0, 0, 0 })]", new double[] { 1, 2, 3 }, new double[] { 10, 21, 32 })]
    [InlineData("[Input(2, 1), Ops.ConvTranspose(1, 2, Strides = 3, OutputPadding = 1)]", new double[] { 1, 2 }, new double[] { 1, 10, 0, 2, 20, 0 })]
    [InlineData("[Input(2, 1), Ops.ConvTranspose(1, 2, OutputPadding = 2)]", new double[] { 1, 2 }, new double[] { 1, 12, 20, 0, 0 })]
    [InlineData("[Input(2, 1), Ops.ConvTranspose(1, 3, Pads = new[] { 1, 0 })]", new double[] { 1, 2 }, new double[] { 12, 120, 200 })]
    [InlineData("[Input(2, 1, 1, 1), Ops.ConvTranspose(1, 3, 1, 1, Strides = new[] { 2, 1, 1 }, Pads = new[] { 1, 0, 0, 0, 0, 0 })]", new double[] { 1, 2 }, new double[] { 10, 102, 20, 200 })]
    public void Filters_are_those_of_ONNX(string tape, double[] x, double[] expected) => Assert.Equal(expected, Run(tape, x));

    [Theory]
    [InlineData("[Input(3, 1), Ops.Pad(2, 0, 1, 0)]", new double[] { 1, 2, 3 }, new double[] { 0, 0, 1, 2, 3, 0 })]
    [InlineData("[Input(3, 1), Ops.Pad(-1, 0, 2, 0, Value = 7)]", new double[] { 1, 2, 3 }, new double[] { 2, 3, 7, 7 })]
    [InlineData("[Input(2, 1), Ops.Pad(1, 0, 0, 0, Value = double.NegativeInfinity)]", new double[] { 1, 2 }, new double[] { double.NegativeInfinity, 1, 2 })]
    [InlineData("[Input(3, 1), Ops.Pad(2, 0, 1, 0, Mode = PadMode.Reflect)]", new double[] { 1, 2, 3 }, new double[] { 3, 2, 1, 2, 3, 2 })]
    [InlineData("[Input(3, 1), Ops.Pad(2, 0, 1, 0, Mode = PadMode.Edge)]", new double[] { 1, 2, 3 }, new double[] { 1, 1, 1, 2, 3, 3 })]
    [InlineData("[Input(3, 1), Ops.Pad(2, 0, 1, 0, Mode = PadMode.Wrap)]", new double[] { 1, 2, 3 }, new double[] { 2, 3, 1, 2, 3, 1 })]
    [InlineData("[Input(1, 3), Ops.LRN(3, Alpha = 3, Beta = 1)]", new double[] { 1, 2, 3 }, new double[] { 1 / 6.0, 2 / 15.0, 3 / 14.0 })]
    [InlineData("[Input(1, 3), Ops.LRN(2, Alpha = 2, Beta = 2, Bias = 0)]", new double[] { 1, 2, 3 }, new double[] { 1 / 25.0, 2 / 169.0, 3 / 81.0 })]
    [InlineData("[Input(2, 1), Ops.InstanceNormalization(Epsilon = 3)]", new double[] { 1, 3 }, new double[] { -0.5, 0.5 })]
    [InlineData("[Input(2, 1), Ops.MeanVarianceNormalization]", new double[] { 1, 5 }, new double[] { -2 / (2 + 1e-9), 2 / (2 + 1e-9) })]
    [InlineData("[Input(2, 1), Ops.MeanVarianceNormalization(-1)]", new double[] { 1, 5 }, new double[] { 0, 0 })]
    [InlineData("[Input(2, 2), Ops.LpNormalization]", new double[] { 3, -4, 0, 0 }, new double[] { 0.6, -0.8, 0, 0 })]
    [InlineData("[Input(2, 2), Ops.LpNormalization(Axis = 1, P = 1)]", new double[] { 3, -4, 1, 0 }, new double[] { 0.75, -1, 0.25, 0 })]
    [InlineData("[Input(1, 1, 8), Ops.DepthToSpace(2)]", new double[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new double[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("[Input(1, 1, 8), Ops.DepthToSpace(2, Mode = DepthToSpaceMode.CRD)]", new double[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new double[] { 0, 4, 1, 5, 2, 6, 3, 7 })]
    [InlineData("[Input(2, 4, 1), Ops.SpaceToDepth(2)]", new double[] { 0, 1, 2, 3, 4, 5, 6, 7 }, new double[] { 0, 1, 4, 5, 2, 3, 6, 7 })]
    public void Numbers_are_those_of_ONNX(string tape, double[] x, double[] expected) => Assert.Equal(expected, Run(tape, x), (a, b) => a == b || Math.Abs(a - b) < 1e-12);

    [Theory]
    [InlineData("Scales = 1.5", new double[] { 1, 2 }, new double[] { 1, 1, 2 })]
    [InlineData("Scales = 1.5, Nearest = NearestRounding.RoundPreferCeil", new double[] { 1, 2 }, new double[] { 1, 2, 2 })]
    [InlineData("Scales = 1.5, Nearest = NearestRounding.Ceil, Coordinates = ResizeCoordinates.Asymmetric", new double[] { 1, 2 }, new double[] { 1, 2, 2 })]
    [InlineData("Scales = 1.5, Nearest = NearestRounding.Floor, Coordinates = ResizeCoordinates.Asymmetric", new double[] { 1, 2 }, new double[] { 1, 1, 2 })]
    [InlineData("Scales = 1.5, Nearest = NearestRounding.Floor, Coordinates = ResizeCoordinates.TfHalfPixelForNn", new double[] { 1, 2 }, new double[] { 1, 2, 2 })]
    [InlineData("Sizes = 4, Mode = ResizeMode.Linear", new double[] { 1, 2 }, new double[] { 1, 1.25, 1.75, 2 })]
    [InlineData("Sizes = 1, Mode = ResizeMode.Linear, Coordinates = ResizeCoordinates.PytorchHalfPixel", new double[] { 1, 2, 3 }, new double[] { 1 })]
    [InlineData("Sizes = 5, Mode = ResizeMode.Linear, Coordinates = ResizeCoordinates.AlignCorners", new double[] { 1, 2, 4 }, new double[] { 1, 1.5, 2, 3, 4 })]
    [InlineData("Scales = 0.6, Mode = ResizeMode.Linear, Coordinates = ResizeCoordinates.AlignCorners", new double[] { 1, 2, 3, 4 }, new double[] { 1, 1 + (3 / 1.4) })]
    [InlineData("Scales = 0.6, Mode = ResizeMode.Linear, Antialias = true", new double[] { 1, 2, 3, 4 }, new double[] { 1.375, 3 })]
    [InlineData("Sizes = 3, Mode = ResizeMode.Linear, Coordinates = ResizeCoordinates.TfCropAndResize, Roi = new[] { 0.5, 1.5 }, ExtrapolationValue = 9", new double[] { 1, 2, 4 }, new double[] { 2, 4, 9 })]
    [InlineData("Scales = 2, Mode = ResizeMode.Cubic, Coordinates = ResizeCoordinates.Asymmetric", new double[] { 0, 0, 8 }, new double[] { 0, -0.75, 0, 4, 8, 8.75 })]
    [InlineData("Scales = 2, Mode = ResizeMode.Cubic, Coordinates = ResizeCoordinates.Asymmetric, ExcludeOutside = true, CubicA = -0.5", new double[] { 0, 0, 8 }, new double[] { 0, -8 / 17.0, 0, 72 / 17.0, 8, 9 })]
    public void Resized_axes_are_those_of_ONNX(string arguments, double[] x, double[] expected) =>
        Assert.Equal(expected, Run(FormattableString.Invariant($"[Input({x.Length}, 1), Ops.Resize({arguments})]"), x), (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void Elements_that_a_resize_repeats_are_a_broadcast() =>
        Assert.DoesNotContain("Resample", TapeText.Graph("[Input(3, 4, 2), Ops.Resize(Scales = new[] { 2, 3 })]").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("[Input(4, 1), Ops.Pad(1, 1)]", "Pads", "4 numbers", "(n, 4, 1)", "not 2")]
    [InlineData("[Input(4, 1), Ops.Pad(-2, 0, -2, 0)]", "Pads", "axis 1", "(n, 4, 1)", "nothing")]
    [InlineData("[Input(Dim.Any, 1), Ops.Pad(1, 0, 0, 0, Mode = PadMode.Edge)]", "Mode", "axis 1", "(n, t, 1)")]
    [InlineData("[Input(4, 1), Ops.Resize]", null, "Sizes or Scales")]
    [InlineData("[Input(4, 5, 1), Ops.Resize(Scales = 2)]", "Scales", "2 numbers", "(n, 4, 5, 1)", "not 1")]
    [InlineData("[Input(4, 1), Ops.Resize(Scales = 0.1)]", "Scales", "0 elements")]
    [InlineData("[Input(Dim.Any, 1), Ops.Resize(Scales = 1.5)]", null, "axis 1", "(n, t, 1)")]
    [InlineData("[Input(Dim.Any, 1), Ops.Resize(Sizes = 4)]", "Sizes", "axis 1", "(n, t, 1)")]
    [InlineData("[Input(2, 2, 6), Ops.DepthToSpace(2)]", "Blocksize", "channels", "(n, 2, 2, 6)")]
    [InlineData("[Input(2, 3, 6), Ops.SpaceToDepth(2)]", "Blocksize", "2", "(n, 2, 3, 6)")]
    [InlineData("[Input(4), Ops.InstanceNormalization]", null, "rank 3", "(n, 4)")]
    [InlineData("[Input(4, 2), Ops.MeanVarianceNormalization(0, 1)]", "Axes", "batch", "(n, 4, 2)")]
    [InlineData("[Input(4, 4, 1), Ops.Conv(1, 2, 2, 2)]", null, "rank 5", "(n, 4, 4, 1)")]
    [InlineData("[Input(4, 1), Ops.Conv(1, 2, 2, 2, 2)]", "KernelShape", "one to 3", "not 4")]
    [InlineData("[Input(4, 1), Ops.Conv(1, 3, Dilations = 2)]", "KernelShape", "(3)", "5 places", "has 4")]
    [InlineData("[Input(4, 4, 1), Ops.Conv(1, 3, 3, Pads = new[] { 1, 1, 1 })]", "Pads", "or 4", "not 3")]
    [InlineData("[Input(4, 4, 6), Ops.Conv(4, 3, 3, Groups = 3)]", "Groups", "6 channels", "4 filters")]
    [InlineData("[Input(2, 1), Ops.ConvTranspose(1, 2, Pads = 2)]", "Pads", "axis 1", "(n, 2, 1)", "-1")]
    [InlineData("[Input(Dim.Any, 3, 2, 1), Ops.MaxPool(2, 2, 2)]", null, "constant sizes", "(n, t, 3, 2, 1)")]
    [InlineData("[Input(2, 1), Ops.MaxPool(2, Pads = 2)]", "Pads", "(2, 2)", "(n, 2, 1)", "axis 1")]
    [InlineData("[Input(1, 1), Ops.MaxPool(2, Dilations = 2, Pads = 1)]", "Pads", "nothing")]
    [InlineData("[Input(Dim.Any, 1), Ops.MaxPool(2, Strides = 2, CeilMode = true)]", "CeilMode", "constant", "(n, t, 1)")]
    [InlineData("[Input(Dim.Any, 1), Ops.AveragePool(2, Dilations = 3, Pads = 1)]", "Pads", "(n, t, 1)")]
    public void Problems_are_on_the_argument_and_tell_what_was_found(string tape, string? argument, params string[] parts)
    {
        Problem problem = TapeText.Build(tape).Problems[0];
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }

    /// <summary>Runs a tape on one sample, its weights the powers of ten (biases 0).</summary>
    private static double[] Run(string tape, double[] x)
    {
        Graph graph = TapeText.Graph(tape);
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        interpreter.Set(graph.Inputs[0], x);
        foreach (Value parameter in graph.Parameters)
        {
            bool isBias = parameter.Name.EndsWith("bias", StringComparison.Ordinal);
            interpreter.Set(parameter, [.. Enumerable.Range(0, (int)parameter.Shape.Count.Constant).Select(i => isBias ? 0 : Math.Pow(10, i))]);
        }

        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data;
    }
}
