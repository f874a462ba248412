namespace NetGen.Generator.Tests;

/// <summary>
/// Layers that move images against a second formulation: Keras's projective matrix (a0, a1, a2, b0, b1, b2, 0, 0) of an image, which takes each place (x, y) of the output to
/// (a0 x + a1 y + a2, b0 x + b1 y + b2) of an input that is really extended to all sides.
/// </summary>
public sealed class AffineLayerTests
{
    private const int Height = 5, Width = 4, Channels = 2, Samples = 3, Size = Height * Width * Channels;

    /// <summary>One number a sample and stream, none of which puts a place into the middle between two elements.</summary>
    private static readonly double[][] Numbers = [[0.13, 0.52, 0.97], [0.71, 0.29, 0.41]];

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            TheoryData<string, string, string> data = [];
            foreach (string layer in new[] { "RandomTranslation(0.6, new[] { -0.3, 0.9 }", "RandomZoom(0.7, new[] { -0.8, 0.9 }", "RandomZoom(0.9", "RandomZoom(new[] { -0.6, -0.2 }", "RandomRotation(0.4", "RandomRotation(new[] { 0.05, 1.0 }" })
            {
                foreach (string mode in Enum.GetNames<FillMode>())
                {
                    data.Add(layer, mode, "Bilinear");
                    data.Add(layer, mode, "Nearest");
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Places_are_those_of_Kerass_matrix(string layer, string mode, string interpolation)
    {
        double[] x = [.. Enumerable.Range(0, Samples * Size).Select(i => Differences.Uniform(1, i))];
        double[] y = Run($"[Input({Height}, {Width}, {Channels}), {layer}, FillMode = FillMode.{mode}, Interpolation = Interpolation.{interpolation}, FillValue = 0.3)]", x, (stream, sample) => Numbers[stream][sample]);
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] matrix = Matrix(layer, sample);
            int image = sample * Size;
            for (int i = 0; i < Size; i++)
            {
                (int row, int column, int channel) = (i / Channels / Width, i / Channels % Width, i % Channels);
                double right = (matrix[0] * column) + (matrix[1] * row) + matrix[2], down = (matrix[3] * column) + (matrix[4] * row) + matrix[5];
                Func<int, int, double> at = (r, c) => Extended(x.AsSpan(image, Size), r, c, channel, mode);
                double expected = interpolation == "Nearest" ? at((int)Math.Round(down), (int)Math.Round(right)) : Bilinear(at, down, right);
                Assert.True(Math.Abs(expected - y[image + i]) < 1e-10, $"sample {sample}, ({row}, {column}, {channel}): {y[image + i]} and not {expected}");
            }
        }
    }

    /// <summary>The values of Keras's own tests.</summary>
    [Theory]
    [InlineData("RandomZoom(new[] { 0.5, 0.5 }, new[] { 0.8, 0.8 }, FillMode = FillMode.Constant)", new[] { 0, 0, 0, 0, 0, 0, 2.7, 4.5, 6.3, 0, 0, 10.2, 12, 13.8, 0, 0, 17.7, 19.5, 21.3, 0, 0, 0, 0, 0, 0 })]
    [InlineData("RandomZoom(new[] { -0.5, -0.5 }, new[] { -0.5, -0.5 }, FillMode = FillMode.Constant)", new[] { 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5, 11, 11.5, 12, 12.5, 13, 13.5, 14, 14.5, 15, 15.5, 16, 16.5, 17, 17.5, 18 })]
    [InlineData("RandomZoom(new[] { -0.5, -0.5 })", new[] { 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5, 11, 11.5, 12, 12.5, 13, 13.5, 14, 14.5, 15, 15.5, 16, 16.5, 17, 17.5, 18 })]
    [InlineData("RandomRotation(new[] { 0.5, 0.5 })", new[] { 24.0, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 })]
    [InlineData("RandomRotation(new[] { 0.25, 0.25 })", new[] { 4.0, 9, 14, 19, 24, 3, 8, 13, 18, 23, 2, 7, 12, 17, 22, 1, 6, 11, 16, 21, 0, 5, 10, 15, 20 })]
    public void A_square_of_numbers(string layer, double[] expected) =>
        Assert.Equal(expected, Run($"[Input(5, 5, 1), {layer}]", [.. Enumerable.Range(0, 25).Select(i => (double)i)], (_, _) => 0.4), (a, b) => Math.Abs(a - b) < 1e-10);

    [Fact]
    public void Inference_and_channels_first()
    {
        double[] x = [.. Enumerable.Range(0, 2 * 3 * 4).Select(i => Differences.Uniform(1, i))];
        foreach (string layer in new[] { "RandomRotation(0.3", "RandomZoom(0.3" })
        {
            Graph inference = TapeText.Graph($"[Input(2, 3, 4), {layer})]");
            Assert.Equal(inference.Inputs[0], inference.Outputs[0].Value);

            // (2, 3, 4) as two channels of 3 x 4, and the same with the channels last.
            double[] last = [.. Enumerable.Range(0, x.Length).Select(i => x[(i % 2 * 12) + (i / 2)])];
            double[] first = Run($"[Input(2, 3, 4), {layer}, DataFormat = DataFormat.ChannelsFirst)]", x, (_, _) => 0.8);
            double[] expected = Run($"[Input(3, 4, 2), {layer})]", last, (_, _) => 0.8);
            Assert.Equal(expected, Enumerable.Range(0, x.Length).Select(i => first[(i % 2 * 12) + (i / 2)]));
        }
    }

    /// <summary>A zoom of one factor draws once; each layer has streams of its own, with its seed.</summary>
    [Fact]
    public void Each_layer_draws_for_itself()
    {
        TapeResult result = TapeText.Build("[Input(4, 5, 2), RandomZoom(0.1), RandomZoom(0.1, 0.2, Seed = 3), RandomRotation(0.1, Seed = 4)]", training: true);
        Assert.Empty(result.Problems);
        Assert.Equal([("random_zoom", null), ("random_zoom_1", 3L), ("random_zoom_1", 3L), ("random_rotation", 4L)], result.RandomStreams.Select(s => (s.Layer, s.Seed)));
    }

    /// <summary>Of odd and even differences the lower half comes off before; images that are smaller on one side are cut to the proportions and resized.</summary>
    [Theory]
    [InlineData("[Input(1, 5, 1), CenterCrop(1, 3)]", new[] { 1.0, 2, 3, 4, 5 }, new[] { 2.0, 3, 4 })]
    [InlineData("[Input(1, 5, 1), CenterCrop(1, 2)]", new[] { 1.0, 2, 3, 4, 5 }, new[] { 2.0, 3 })]
    [InlineData("[Input(3, 2, 1), CenterCrop(2, 2)]", new[] { 1.0, 2, 3, 4, 5, 6 }, new[] { 1.0, 2, 3, 4 })]
    [InlineData("[Input(2, 2, 1), CenterCrop(2, 2)]", new[] { 1.0, 2, 3, 4 }, new[] { 1.0, 2, 3, 4 })]
    [InlineData("[Input(1, 4, 1), CenterCrop(2, 2)]", new[] { 1.0, 2, 3, 4 }, new[] { 2.0, 2, 2, 2 })]
    [InlineData("[Input(1, 3, 2), CenterCrop(2, 1, DataFormat = DataFormat.ChannelsFirst)]", new[] { 1.0, 2, 3, 4, 5, 6 }, new[] { 1.0, 3 })]
    public void The_middle(string tape, double[] x, double[] y)
    {
        Assert.Equal(y, Run(tape, x, null));
        Assert.Equal(Run(tape, x, null), Run(tape, x, null, training: false));
    }

    [Theory]
    [InlineData("[Input(4, 5, 3), CenterCrop(0, 3)]", "Height", "at least 1", "0")]
    [InlineData("[Input(4, 5), CenterCrop(2, 3)]", null, "rank 4", "(n, 4, 5)")]
    [InlineData("[Input(4, 5, 3), RandomZoom(1.5)]", "HeightFactor", "-1 to 1", "1.5")]
    [InlineData("[Input(4, 5, 3), RandomZoom(0.5, -2)]", "WidthFactor", "-1 to 1", "-2")]
    [InlineData("[Input(4, 5, 3), RandomZoom(0.1, Interpolation = Interpolation.Area)]", "Interpolation", "Bilinear", "Area")]
    [InlineData("[Input(4, 5, 3), RandomRotation(new[] { 0.1, 0.2, 0.3 })]", "Factor", "one or two", "0.1, 0.2, 0.3")]
    [InlineData("[Input(4, 5, 3), RandomRotation(0.1, FillMode = \"mirror\")]", "FillMode", "Reflect", "mirror")]
    [InlineData("[Input(Dim.Any, 5, 3), RandomRotation(0.1)]", null, "constant", "(n, t, 5, 3)")]
    [InlineData("[Input(4097, 4096, 1), RandomRotation(0.1)]", null, "16777216 pixels", "4097 x 4096")]
    public void Problems_are_on_the_argument(string tape, string? argument, params string[] parts)
    {
        Problem problem = Assert.Single(TapeText.Build(tape).Problems);
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }

    /// <summary>The matrix of Keras's layers: of _get_translation_matrix, _get_zoom_matrix and _compute_affine_matrix without shear.</summary>
    private static double[] Matrix(string layer, int sample)
    {
        double Between(int stream, double lower, double upper) => lower + (Numbers[stream][sample] * (upper - lower));
        if (layer.StartsWith("RandomTranslation", StringComparison.Ordinal))
        {
            return [1, 0, -Between(1, -0.3, 0.9) * Width, 0, 1, -Between(0, -0.6, 0.6) * Height];
        }

        if (layer.StartsWith("RandomZoom", StringComparison.Ordinal))
        {
            double high = layer.Contains("-0.6", StringComparison.Ordinal) ? Between(0, 0.4, 0.8) : layer == "RandomZoom(0.9" ? Between(0, 0.1, 1.9) : Between(0, 0.3, 1.7);
            double wide = layer.Contains("-0.8", StringComparison.Ordinal) ? Between(1, 0.2, 1.9) : high;
            return [wide, 0, (Width - 1) / 2.0 * (1 - wide), 0, high, (Height - 1) / 2.0 * (1 - high)];
        }

        double degrees = layer.Contains("0.05", StringComparison.Ordinal) ? Between(0, 18, 360) : Between(0, -144, 144);
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        (double cx, double cy) = (0.5 * (Width - 1), 0.5 * (Height - 1));
        return [cosine, -sine, cx - (cx * cosine) - (cy * -sine), sine, cosine, cy - (cx * sine) - (cy * cosine)];
    }

    private static double Bilinear(Func<int, int, double> at, double down, double right)
    {
        double sum = 0;
        for (int r = (int)Math.Floor(down) - 1; r <= Math.Ceiling(down) + 1; r++)
        {
            for (int c = (int)Math.Floor(right) - 1; c <= Math.Ceiling(right) + 1; c++)
            {
                double share = Math.Max(0, 1 - Math.Abs(down - r)) * Math.Max(0, 1 - Math.Abs(right - c));
                sum += share == 0 ? 0 : share * at(r, c);
            }
        }

        return sum;
    }

    /// <summary>Walks back into the image step by step.</summary>
    private static double Extended(ReadOnlySpan<double> image, int row, int column, int channel, string mode)
    {
        if (mode == "Constant" && (row < 0 || row >= Height || column < 0 || column >= Width))
        {
            return 0.3;
        }

        return image[(((Inner(row, Height, mode) * Width) + Inner(column, Width, mode)) * Channels) + channel];
    }

    private static int Inner(int index, int size, string mode)
    {
        while (index < 0 || index >= size)
        {
            index = mode switch
            {
                "Nearest" => Math.Clamp(index, 0, size - 1),
                "Wrap" => index < 0 ? index + size : index - size,
                _ => index < 0 ? -1 - index : (2 * size) - 1 - index,
            };
        }

        return index;
    }

    private static double[] Run(string tape, double[] x, Func<int, long, double>? random, bool training = true)
    {
        Graph graph = TapeText.Graph(tape, training: training);
        long size = graph.Inputs[0].Shape.CountOf(1, graph.Inputs[0].Shape.Rank).Constant;
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = x.Length / size }, random is null ? null : (draw, element) => random(draw.Stream, element));
        interpreter.Set(graph.Inputs[0], x);
        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data;
    }
}
