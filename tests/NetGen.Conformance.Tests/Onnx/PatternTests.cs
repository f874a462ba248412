using NetGen.Importing;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Formulas that exporters write for layers are imported as these layers, and give what ONNX Runtime gives.</summary>
public sealed class PatternTests
{
    private static readonly Dictionary<string, (string Layer, Func<HandBuilt, string, string> Build)> s_activations = new()
    {
        // PyTorch before opset 20, and the order in which others multiply.
        ["erf, x (1 + erf) 0.5"] = ("GELU(Name", (m, x) => m.Node("Mul", [m.Node("Mul", [x, Gate(m, "Erf", m.Node("Div", [x, m.Constant(Math.Sqrt(2))]))]), m.Constant(0.5)])),
        ["erf, 0.5 x (1 + erf)"] = ("GELU(Name", (m, x) => m.Node("Mul", [m.Node("Mul", [m.Constant(0.5), x]), Gate(m, "Erf", m.Node("Mul", [x, m.Constant(Math.Sqrt(0.5))]))])),
        ["erf, x (0.5 (1 + erf))"] = ("GELU(Name", (m, x) => m.Node("Mul", [x, m.Node("Mul", [m.Constant(0.5), Gate(m, "Erf", m.Node("Mul", [m.Constant(Math.Sqrt(0.5)), x]), isSwapped: true)])])),
        ["erf, x (1 + erf) / 2"] = ("GELU(Name", (m, x) => m.Node("Div", [m.Node("Mul", [x, Gate(m, "Erf", m.Node("Div", [x, m.Node("Sqrt", [m.Constant(2)])]))]), m.Constant(2)])),
        ["tanh, the third power by Pow"] = ("GELU(Approximate = true", (m, x) => m.Node("Mul", [m.Node("Mul", [m.Constant(0.5), x]), Gate(m, "Tanh", m.Node("Mul", [m.Constant(Math.Sqrt(2 / Math.PI)), m.Node("Add", [x, m.Node("Mul", [m.Constant(0.044715), m.Node("Pow", [x, m.Constant(3)])])])]))])),
        ["tanh, the third power by products"] = ("GELU(Approximate = true", (m, x) => m.Node("Mul", [m.Node("Mul", [x, Gate(m, "Tanh", m.Node("Mul", [m.Node("Mul", [x, m.Constant(0.7978845608)]), m.Node("Add", [m.Node("Mul", [m.Node("Mul", [m.Constant(0.044715), x]), x]), m.Constant(1)])]))]), m.Constant(0.5)])),
        ["x sigmoid(x)"] = ("SiLU(Name", (m, x) => m.Node("Mul", [m.Node("Sigmoid", [x]), x])),
        ["x tanh(softplus(x))"] = ("Mish(Name", (m, x) => m.Node("Mul", [x, m.Node("Tanh", [m.Node("Softplus", [x])])])),
        ["x relu6(x + 3) / 6"] = ("HardSiLU(Name", (m, x) => m.Node("Div", [m.Node("Mul", [x, m.Node("Clip", [m.Node("Add", [x, m.Constant(3)]), m.Constant(0), m.Constant(6)])]), m.Constant(6)])),
        ["x hardsigmoid(x)"] = ("HardSiLU(Name", (m, x) => m.Node("Mul", [x, m.Node("HardSigmoid", [x], ("alpha", 1 / 6.0))])),
    };

    public static TheoryData<string> Activations => [.. s_activations.Keys];

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_of_several_nodes(string name)
    {
        // Of what is itself a product, which must not be taken for a part of the formula.
        (string layer, Func<HandBuilt, string, string> build) = s_activations[name];
        HandBuilt model = new(17);
        string a = model.Input("a", 3, 5), b = model.Input("b", 3, 5);
        model.Output(build(model, model.Node("Mul", [a, b])), 3, 5);
        string source = model.Check().Source;
        Assert.Contains($"[{layer.Replace("(Name", "", StringComparison.Ordinal)}", source, StringComparison.Ordinal);
        Assert.Equal(4, source.Split("\n[").Length - 1 - 1);
        Assert.DoesNotContain("Ops.", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_may_be_those_of_half_floats()
    {
        HandBuilt model = new(17);
        string x = model.Input("x", 3, 5);
        double root = (double)(Half)Math.Sqrt(2);
        model.Output(model.Node("Mul", [model.Node("Mul", [x, Gate(model, "Erf", model.Node("Div", [x, model.Constant(root)]))]), model.Constant(0.5)]), 3, 5);
        Assert.Contains("[GELU(", model.Check(tolerance: 2e-4).Source.Replace("[GELU]", "[GELU()]", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public static TheoryData<string, double> AlmostActivations => new() { { "Erf", 0.8 }, { "Tanh", 0.7 }, { "Sigmoid", 1.702 } };

    [Theory]
    [MemberData(nameof(AlmostActivations))]
    public void A_formula_with_other_numbers_stays_what_it_is(string gate, double slope)
    {
        HandBuilt model = new(17);
        string x = model.Input("x", 3, 5);
        string scaled = model.Node("Mul", [x, model.Constant(slope)]);
        model.Output(gate == "Sigmoid" ? model.Node("Mul", [x, model.Node(gate, [scaled])]) : model.Node("Mul", [model.Node("Mul", [x, model.Constant(0.5)]), Gate(model, gate, scaled)]), 3, 5);
        string source = model.Check().Source;
        Assert.Contains("Multiply(", source, StringComparison.Ordinal);
        Assert.DoesNotContain("LU", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13, "Pow", "Div", true, true)]
    [InlineData(18, "Pow", "Div", true, true)]
    [InlineData(17, "Mul", "Div", true, true)]
    [InlineData(17, "Mul", "Reciprocal", true, true)]
    [InlineData(17, "twice", "Div", true, true)]
    [InlineData(17, "Pow", "Div", true, false)]
    [InlineData(17, "Pow", "Div", false, true)]
    [InlineData(17, "Mul", "Div", false, false)]
    public void A_layer_normalization_of_several_nodes(int opset, string square, string quotient, bool hasGamma, bool hasBeta)
    {
        HandBuilt model = new(opset);
        string x = model.Input("x", 3, 4, 6);
        model.Output(Normalize(model, x, [-1], square, quotient, hasGamma ? model.Weight("norm.weight", 6) : null, hasBeta ? model.Weight("norm.bias", 6) : null), 3, 4, 6);
        ImportedNetwork network = model.Check();
        Assert.Equal(["Input", "LayerNormalization"], network.NetworkSource.Elements.Select(e => e.Kind));
        Assert.Equal((hasGamma ? 1 : 0) + (hasBeta ? 1 : 0), network.Tensors.Count);
        Assert.Contains("Epsilon = 1E-05", network.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_normalization_over_the_channels_of_a_map()
    {
        HandBuilt model = new(17);
        string x = model.Input("x", 3, 4, 6, 5);
        string convolved = model.Node("Conv", [x, model.Weight("conv.weight", 7, 4, 2, 2)]);
        string y = Normalize(model, convolved, [1], "Pow", "Div", model.Weight("norm.weight", 7, 1, 1), model.Weight("norm.bias", 7, 1, 1));
        model.Output(model.Node("GlobalMaxPool", [y]), 3, 7, 1, 1);
        ImportedNetwork network = model.Check();
        Assert.Equal(["Input", "Conv2D", "LayerNormalization", "GlobalMaxPooling2D"], network.NetworkSource.Elements.Select(e => e.Kind));
    }

    [Fact]
    public void What_is_normalized_by_another_tensors_statistics_stays_what_it_is()
    {
        HandBuilt model = new(17);
        string x = model.Input("x", 3, 6), y = model.Input("y", 3, 6);
        string centred = model.Node("Sub", [x, model.Node("ReduceMean", [x], ("axes", new long[] { -1 }))]);
        string variance = model.Node("ReduceMean", [model.Node("Pow", [y, model.Constant(2)])], ("axes", new long[] { -1 }));
        model.Output(model.Node("Div", [centred, model.Node("Sqrt", [model.Node("Add", [variance, model.Constant(1e-5)])])]), 3, 6);
        Assert.DoesNotContain("LayerNormalization", model.Check().Source, StringComparison.Ordinal);
    }

    /// <summary>1 + g(u).</summary>
    private static string Gate(HandBuilt m, string op, string argument, bool isSwapped = false)
    {
        string gate = m.Node(op, [argument]), one = m.Constant(1);
        return m.Node("Add", isSwapped ? [one, gate] : [gate, one]);
    }

    private static string Normalize(HandBuilt m, string x, long[] axes, string square, string quotient, string? gamma, string? beta)
    {
        string Mean(string of) => m.Opset < 18 ? m.Node("ReduceMean", [of], ("axes", axes)) : m.Node("ReduceMean", [of, m.Integers(axes)]);
        string mean = Mean(x), centred = m.Node("Sub", [x, mean]);
        string root = square == "twice" ? m.Node("Sub", [x, mean]) : centred;
        string variance = Mean(square == "Mul" ? m.Node("Mul", [root, root]) : m.Node("Pow", [root, m.Constant(2)]));
        string deviation = m.Node("Sqrt", [m.Node("Add", [variance, m.Constant(1e-5)])]);
        string y = quotient == "Div" ? m.Node("Div", [centred, deviation]) : m.Node("Mul", [centred, m.Node("Reciprocal", [deviation])]);
        y = gamma is null ? y : m.Node("Mul", [y, gamma]);
        return beta is null ? y : m.Node("Add", [y, beta]);
    }
}
