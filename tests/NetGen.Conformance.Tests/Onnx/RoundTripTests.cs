using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>What is exported and imported again gives the same numbers, evaluated in double with the imported weights.</summary>
public sealed class RoundTripTests
{
    /// <summary>Layers that ONNX has an operator for, or a pattern of operators: each comes back as itself.</summary>
    private static readonly (int[] Input, string Kind, (string Name, ArgumentValue Value)[] Arguments)[] s_layers =
    [
        ([9, 3], "Conv1D", [("Filters", Of(4)), ("KernelSize", Of(3)), ("Padding", new EnumValue("Padding", "Causal"))]),
        ([9, 8, 3], "Conv2D", [("Filters", Of(4)), ("KernelSize", Of(3)), ("Padding", new EnumValue("Padding", "Same")), ("Activation", new EnumValue("Activation", "ReLU"))]),
        ([9, 8, 4], "Conv2D", [("Filters", Of(6)), ("KernelSize", Of(2)), ("Groups", Of(2)), ("Strides", Of(2))]),
        ([9, 4], "Conv1DTranspose", [("Filters", Of(3)), ("KernelSize", Of(3)), ("Strides", Of(2))]),
        ([5, 6, 4], "Conv2DTranspose", [("Filters", Of(3)), ("KernelSize", Of(3)), ("Strides", Of(2)), ("Padding", new EnumValue("Padding", "Same")), ("Activation", new EnumValue("Activation", "Tanh"))]),
        ([5, 6, 4], "Conv2DTranspose", [("Filters", Of(3)), ("KernelSize", Of(2)), ("Strides", Of(3)), ("OutputPadding", Of(0))]),
        ([9, 3], "DepthwiseConv1D", [("KernelSize", Of(3))]),
        ([9, 8, 3], "DepthwiseConv2D", [("KernelSize", Of(3)), ("DepthMultiplier", Of(2))]),
        ([5], "Dense", [("Units", Of(4)), ("Activation", new EnumValue("Activation", "Sigmoid"))]),
        ([6, 5], "Dense", [("Units", Of(4))]),
        ([5], "BatchNormalization", []),
        ([5, 4, 3], "BatchNormalization", [("Scale", new BooleanValue(false))]),
        ([5], "LayerNormalization", []),
        ([5, 4, 3], "LayerNormalization", []),
        ([5, 4, 3], "LayerNormalization", [("Axis", Of(2, 3)), ("Center", new BooleanValue(false))]),
        ([5, 4, 3], "LayerNormalization", [("Axis", Of(1)), ("Scale", new BooleanValue(false))]),
        ([-1, 3], "LSTM", [("Units", Of(4)), ("ReturnSequences", new BooleanValue(true))]),
        ([-1, 3], "GRU", [("Units", Of(4))]),
        ([-1, 3], "GRU", [("Units", Of(4)), ("ResetAfter", new BooleanValue(false)), ("ReturnSequences", new BooleanValue(true))]),
        ([-1, 3], "SimpleRNN", [("Units", Of(4)), ("Activation", new EnumValue("Activation", "ReLU"))]),
        ([-1, 3], "Ops.LSTM", [("Units", Of(4)), ("Peepholes", new BooleanValue(true)), ("ReturnSequences", new BooleanValue(true))]),
        ([-1, 3], "Ops.LSTM", [("Units", Of(4)), ("InputForget", new BooleanValue(true)), ("UseBias", new BooleanValue(false))]),
        ([-1, 3], "Ops.LSTM", [("Units", Of(4)), ("Peepholes", new BooleanValue(true)), ("Direction", new EnumValue("RnnDirection", "Reverse")), ("ReturnSequences", new BooleanValue(true))]),
        ([-1, 3], "Ops.LSTM", [("Units", Of(4)), ("Activations", Texts("Sigmoid", "LeakyRelu", "Elu")), ("ActivationAlpha", Numbers(0.3, 0.7))]),
        ([-1, 3], "Ops.GRU", [("Units", Of(4)), ("Clip", new NumberValue(0.5)), ("LinearBeforeReset", new BooleanValue(true))]),
        ([-1, 3], "Ops.GRU", [("Units", Of(4)), ("Activations", Texts("HardSigmoid", "ScaledTanh")), ("ActivationAlpha", Numbers(0.3, 0.9)), ("ActivationBeta", Numbers(0.4, 0.8)), ("ReturnSequences", new BooleanValue(true))]),
        ([-1, 3], "Ops.RNN", [("Units", Of(4)), ("Activations", Texts("Affine")), ("ActivationAlpha", Numbers(0.75)), ("ActivationBeta", Numbers(-0.25))]),
        ([9, 3], "MaxPooling1D", []),
        ([9, 8, 3], "MaxPooling2D", [("PoolSize", Of(3)), ("Strides", Of(2)), ("Padding", new EnumValue("Padding", "Same"))]),
        ([9, 8, 3], "AveragePooling2D", [("PoolSize", Of(3)), ("Strides", Of(2)), ("Padding", new EnumValue("Padding", "Same"))]),
        ([9, 8, 3], "GlobalAveragePooling2D", []),
        ([9, 8, 3], "GlobalMaxPooling2D", []),
        ([9, 3], "GlobalAveragePooling1D", []),
        ([4, 3, 2], "Flatten", []),
        ([7], "GELU", []),
        ([7], "GELU", [("Approximate", new BooleanValue(true))]),
        ([7], "SELU", []),
        ([7], "SiLU", []),
        ([7], "ELU", []),
        ([7], "LeakyReLU", []),
        ([7], "HardSigmoid", []),
        ([7], "HardSiLU", []),
        ([7], "Softplus", []),
        ([7], "Softsign", []),
        ([7], "Mish", []),
        ([7], "Softmax", []),
        ([7], "LogSoftmax", []),
    ];

    /// <summary>Layers that are several operators in ONNX, each of which has no way to know of the others; and what they come back as.</summary>
    private static readonly (int[] Input, string Kind, (string Name, ArgumentValue Value)[] Arguments, string[] Back)[] s_others =
    [
        ([-1, 3], "LSTM", [("Units", Of(4)), ("Bidirectional", new EnumValue("Merge", "Concat"))], ["LSTM", "LSTM", "Concatenate"]),
        ([-1, 3], "Ops.LSTM", [("Units", Of(4)), ("Direction", new EnumValue("RnnDirection", "Bidirectional")), ("InputForget", new BooleanValue(true)), ("ReturnSequences", new BooleanValue(true))], ["Ops.LSTM", "Ops.LSTM", "Concatenate"]),
        ([9, 8, 3], "Ops.AveragePool", [("KernelShape", Of(2, 3)), ("Dilations", Of(2, 1)), ("Strides", Of(2, 1))], ["Ops.Conv"]),
        ([9, 8, 3], "Ops.AveragePool", [("KernelShape", Of(2, 3)), ("Dilations", Of(2, 2)), ("Pads", Of(1, 2, 0, 1))], ["ZeroPadding2D", "DepthwiseConv2D", "Ops.Parameter", "Ops.Div"]),
        ([9, 8, 3], "Ops.AveragePool", [("KernelShape", Of(2, 3)), ("Dilations", Of(2, 2)), ("Pads", Of(1, 2, 0, 1)), ("CountIncludePad", new BooleanValue(true))], ["ZeroPadding2D", "ZeroPadding2D", "DepthwiseConv2D"]),
        ([-1], "Embedding", [("InputDim", Of(9)), ("OutputDim", Of(3))], ["Ops.Cast", "Ops.Parameter", "Ops.Gather"]),
        ([4, 3, 2], "UpSampling2D", [], ["Reshape", "Ops.Expand", "Reshape"]),
        ([4, 3, 2], "ZeroPadding2D", [], ["ZeroPadding2D", "ZeroPadding2D"]),
        ([4, 3, 2], "Cropping2D", [("Cropping", Of(1))], ["Ops.Slice", "Ops.Slice"]),
    ];

    public static TheoryData<int, string> Others => [.. s_others.Select((l, i) => new TheoryDataRow<int, string>(i, l.Kind))];

    [Theory]
    [MemberData(nameof(Others))]
    public void A_layer_of_several_operators_comes_back_as_these(int index, string kind)
    {
        (int[] input, _, (string Name, ArgumentValue Value)[] arguments, string[] back) = s_others[index];
        ImportedNetwork network = Check([("Input", [("Shape", Of([.. input.Select(d => (long)d)]))]), (kind, arguments)]);
        Assert.Equal(string.Join(" ", back.Prepend("Input")), string.Join(" ", network.NetworkSource.Elements.Select(e => e.Kind)));
    }

    [Theory]
    [InlineData("LSTM", "Forward")]
    [InlineData("LSTM", "Reverse")]
    [InlineData("GRU", "Forward")]
    [InlineData("RNN", "Reverse")]
    public void Lengths_and_initial_states_go_along(string op, string direction)
    {
        string[] states = op == "LSTM" ? ["h", "c"] : ["h"];
        ImportedNetwork network = Check(
        [
            ("Input", [("Shape", Of(-1, 3)), ("Name", new TextValue("x"))]),
            ("Input", [("Shape", Of(1)), ("Name", new TextValue("lengths"))]),
            .. states.Select(s => ("Input", new (string, ArgumentValue)[] { ("Shape", Of(4)), ("Name", new TextValue(s)) })),
            ("Ops." + op, [("Units", Of(4)), ("From", new TextValue("x")), ("Lengths", new TextValue("lengths")), ("InitialState", Texts(states)), ("Direction", new EnumValue("RnnDirection", direction)), ("ReturnSequences", new BooleanValue(true))]),
        ]);
        Assert.Contains("Lengths = ", network.Source, StringComparison.Ordinal);
        Assert.Contains("InitialState = ", network.Source, StringComparison.Ordinal);
        Assert.Contains($"[Ops.{op}(", network.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attention_comes_back_as_products_of_each_sample()
    {
        ArgumentValue both = new ArrayValue(EquatableArray.Of<ArgumentValue>(new TextValue("input"), new TextValue("input")));
        ImportedNetwork network = Check([("Input", [("Shape", Of(7, 6))]), ("MultiHeadAttention", [("NumHeads", Of(2)), ("KeyDim", Of(3)), ("Inputs", both)])]);
        string[] kinds = [.. network.NetworkSource.Elements.Select(e => e.Kind)];
        Assert.Equal((4, 2, 1), (kinds.Count(k => k == "Dense"), kinds.Count(k => k == "Ops.MatMul"), kinds.Count(k => k == "Softmax")));
    }

    public static TheoryData<int, string> Layers => [.. s_layers.Select((l, i) => new TheoryDataRow<int, string>(i, l.Kind))];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_stays_that_layer(int index, string kind)
    {
        (int[] input, _, (string Name, ArgumentValue Value)[] arguments) = s_layers[index];
        ImportedNetwork network = Check([("Input", [("Shape", Of([.. input.Select(d => (long)d)]))]), (kind, arguments)]);
        Assert.Equal(["Input", kind], network.NetworkSource.Elements.Select(e => e.Kind));
    }

    private static readonly Dictionary<string, (string Kind, (string Name, ArgumentValue Value)[] Arguments)[]> s_tapes = new()
    {
        ["convolutions"] =
        [
            ("Input", [("Shape", Of(9, 8, 3))]), ("Conv2D", [("Filters", Of(4)), ("KernelSize", Of(3)), ("Padding", new EnumValue("Padding", "Same"))]), ("BatchNormalization", []), ("ReLU", []),
            ("DepthwiseConv2D", [("KernelSize", Of(3)), ("Strides", Of(2))]), ("MaxPooling2D", []), ("Flatten", []), ("Dense", [("Units", Of(5)), ("Activation", new EnumValue("Activation", "Softmax"))]),
        ],
        ["a global mean"] = [("Input", [("Shape", Of(6, 5, 2))]), ("Conv2D", [("Filters", Of(7)), ("KernelSize", Of(2)), ("Activation", new EnumValue("Activation", "Tanh"))]), ("GlobalAveragePooling2D", []), ("Dense", [("Units", Of(3))])],
        ["a recurrence"] = [("Input", [("Shape", Of(-1, 3))]), ("LSTM", [("Units", Of(4)), ("ReturnSequences", new BooleanValue(true))]), ("GRU", [("Units", Of(5))]), ("Dense", [("Units", Of(2)), ("Activation", new EnumValue("Activation", "Sigmoid"))])],
        ["numbers"] = [("Input", [("Shape", Of(7))]), ("Dense", [("Units", Of(6)), ("Activation", new EnumValue("Activation", "ReLU"))]), ("LayerNormalization", []), ("Dense", [("Units", Of(2))])],
    };

    public static TheoryData<string> Names => [.. s_tapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_numbers(string name)
    {
        Assert.DoesNotContain("Permute", Check(s_tapes[name]).Source, StringComparison.Ordinal);
    }

    /// <summary>Exports and imports a network of a chain of layers with any weights and compares it; gives what it is imported as.</summary>
    private static ImportedNetwork Check((string Kind, (string Name, ArgumentValue Value)[] Arguments)[] layers)
    {
        ModelSpec model = new(
            new TypeSpec("", EquatableArray<string>.Empty, "Network", "public", false),
            EquatableArray<ArgumentSpec>.Empty,
            layers.Select((l, i) => (ElementSpec)new LayerSpec(l.Kind, l.Arguments.Select(a => new ArgumentSpec(a.Name, a.Value)).ToEquatableArray(), i)).ToEquatableArray());
        TapeResult tape = Tape.Build(model, training: false);
        Assert.Empty(tape.Problems);
        Graph graph = tape.Graph;
        Random random = new(2);
        bool isIndices = layers.Any(l => l.Kind == "Embedding");
        double[] Numbers(Value value, double least) => [.. Enumerable.Range(0, DoubleTensor.CountOf(value.Shape.Evaluate(s_sizes))).Select(_ => (double)(float)(least + random.NextDouble()))];
        Interpreter interpreter = new(s_sizes);
        foreach (Value input in graph.Inputs)
            interpreter.Set(input, isIndices ? [.. Numbers(input, 0).Select(x => Math.Floor(9 * x))] : input.Name == "lengths" ? [5, 3] : Numbers(input, -0.5));
        foreach (Value parameter in graph.Parameters)
            interpreter.Set(parameter, Numbers(parameter, parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? 0.5 : -0.5));
        interpreter.Run(graph);
        Assert.Null(ExportedGraph.Difference(graph, s_sizes, interpreter));
        ImportedNetwork network = RoundTrip.Import(graph, v => interpreter.Get(v).Data);
        Assert.Equal(Enumerable.Range(0, network.Inputs[0].Axes.Count), network.Inputs[0].Axes);
        Assert.Null(RoundTrip.Difference(network, graph, interpreter));
        return network;
    }

    private static readonly Dictionary<string, long> s_sizes = new() { ["n"] = 2, ["t"] = 5 };

    private static ArrayValue Texts(params string[] values) => new(values.Select(v => (ArgumentValue)new TextValue(v)).ToEquatableArray());

    private static ArrayValue Numbers(params double[] values) => new(values.Select(v => (ArgumentValue)new NumberValue(v)).ToEquatableArray());

    private static ArgumentValue Of(params long[] values) => values.Length == 1 ? new IntegerValue(values[0]) : new ArrayValue(values.Select(v => (ArgumentValue)new IntegerValue(v)).ToEquatableArray());
}
