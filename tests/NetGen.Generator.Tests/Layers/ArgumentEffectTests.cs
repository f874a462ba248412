using System.Reflection;
using NetGen.Importing;

namespace NetGen.Generator.Tests;

/// <summary>No argument is read and then forgotten: of each there is a tape that is another network with it than without it, or with another value.</summary>
public sealed class ArgumentEffectTests
{
    /// <summary>Layers some of whose arguments matter only beside others.</summary>
    private static readonly string[] Beside =
    [
        "[Input(4), BatchNormalization(Renorm = true, RenormRMax = 2.0, RenormRMin = 0.5, RenormDMax = 1.5), Dense(1)]",
        "[Input(Dim.Any, 6, 2), ConvLSTM1D(2, 3, ReturnSequences = true, Dropout = 0.2), ConvLSTM1D(2, 2, Padding = Padding.Same)]",
        "[Input(3, 6, 5, 2), ConvLSTM2D(2, 3, Padding = Padding.Same), Output(\"conv_lstm2d\")]",
        "[Input(Dim.Any, 6, 5, 2), ConvLSTM2D(2, 3, ReturnSequences = true, Padding = Padding.Same), ConvLSTM2D(2, 3)]",
        "[Input(Dim.Any, 4, 3, 4, 2), ConvLSTM3D(2, 2, ReturnSequences = true, Dropout = 0.2), ConvLSTM3D(2, 2)]",
        "[Input(3, 6, 2, Name = \"x\"), Input(3, Name = \"m\"), ConvLSTM1D(2, 3, From = \"x\", Mask = \"m\", ReturnSequences = true)]",
        "[Input(3, 6, 5, 2, Name = \"x\"), Input(3, Name = \"m\"), ConvLSTM2D(2, 3, From = \"x\", Mask = \"m\", ReturnSequences = true)]",
        "[Input(3, 4, 3, 4, 2, Name = \"x\"), Input(3, Name = \"m\"), ConvLSTM3D(2, 2, From = \"x\", Mask = \"m\", ReturnSequences = true)]",
        "[Input(3, 6, 2, Name = \"x\"), Input(4, 2, Name = \"h\"), Input(4, 2, Name = \"c\"), ConvLSTM1D(2, 3, From = \"x\", InitialState = new[] { \"h\", \"c\" }, ReturnState = true), Add(\"conv_lstm1d\", \"conv_lstm1d.state_c\")]",
        "[Input(2, 3, 3, 3, 1, Name = \"x\"), Input(2, 2, 2, 1, Name = \"h\"), Input(2, 2, 2, 1, Name = \"c\"), ConvLSTM3D(1, 2, From = \"x\", InitialState = new[] { \"h\", \"c\" }, ReturnState = true), Add(\"conv_lstm3d\", \"conv_lstm3d.state_c\")]",
        "[Input(3, 4, Name = \"x\"), Input(3, 3, Name = \"m\"), MultiHeadAttention(2, 2, \"x\", AttentionMask = \"m\")]",
        "[Input(4, 3), Ops.GRU(2, Activations = new[] { \"HardSigmoid\", \"ScaledTanh\" }, ActivationAlpha = new[] { 0.3, 0.7 }, ActivationBeta = new[] { 0.4, 0.6 })]",
        "[Input(4, 3), Ops.RNN(2, Activations = new[] { \"ScaledTanh\" }, ActivationAlpha = 0.7, ActivationBeta = 0.6)]",
        "[Input(4, 3, Name = \"x\"), Input(2, Name = \"s\"), Input(1, Name = \"n\", Type = ElementType.Int32), Ops.RNN(2, From = \"x\", Lengths = \"n\", InitialState = \"s\", ReturnState = true), Add(\"rnn\", \"rnn.state_h\")]",
        "[Input(4, 3, Name = \"x\"), Input(2, Name = \"h\"), Input(2, Name = \"c\"), Input(1, Name = \"n\", Type = ElementType.Int32), Ops.LSTM(2, From = \"x\", Lengths = \"n\", InitialState = new[] { \"h\", \"c\" }, ReturnState = true), Add(\"lstm\", \"lstm.state_c\")]",
        "[Input(4, 6), GLU(1), Sparsemax(1), Ops.ArgMin(Axis = 1)]",
        "[Input(4, 6), Ops.ReduceMin(Axes = 1)]",
        "[Input(4, 6), Ops.ReduceL2(Axes = new[] { 1 })]",
        "[Input(5, 6, 2), Ops.Resize(Sizes = new[] { 7, 9 }, Mode = ResizeMode.Cubic)]",
        "[Input(5, 6, 2), Resizing(7, 9, PadToAspectRatio = true)]",
        "[Input(8, 9), SeparableConv1D(4, 3)]",
    ];

    /// <summary>Keras's Resizing takes no other FillMode than Constant, which is the default.</summary>
    private static readonly HashSet<(string Kind, string Argument)> WithOneValue = [("Resizing", "FillMode")];

    public static TheoryData<string> Kinds => [.. LayerTable.All.Select(l => l.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_argument_has_an_effect(string kind)
    {
        (ModelSpec Model, int Element, string Text)[] samples =
        [
            .. from tape in Beside.Concat(LayerSamples.All).Concat(LayerSamples.Replacing)
               let model = TapeText.Parse(tape)
               from i in Enumerable.Range(0, model.Elements.Count)
               where model.Elements[i] is LayerSpec layer && layer.Kind == kind
               select (model, i, Describe(model)!),
        ];
        Assert.All(samples, s => Assert.Equal(s.Text, Describe(s.Model)));
        string[] dead = [.. LayerTable.Find(kind)!.Arguments.Where(argument => !WithOneValue.Contains((kind, argument)) && !samples.Any(s => Values(kind, argument).Any(v => HasEffect(s.Model, s.Element, s.Text, argument, v))))];
        Assert.Empty(dead);
    }

    private static bool HasEffect(ModelSpec model, int element, string whole, string argument, ArgumentValue? value)
    {
        LayerSpec layer = (LayerSpec)model.Elements[element];
        IEnumerable<ArgumentSpec> others = layer.Arguments.Where(a => a.Name != argument);
        LayerSpec changed = layer with { Arguments = (value is null ? others : others.Append(new ArgumentSpec(argument, value))).ToEquatableArray() };
        string? text = Describe(model with { Elements = model.Elements.Select((e, k) => k == element ? changed : e).ToEquatableArray() });

        // What the tape cannot be without has an effect; a value that does not fit tells nothing.
        return text is null ? value is null : text != whole;
    }

    /// <summary>What an argument may be given, and null for leaving it out.</summary>
    private static IEnumerable<ArgumentValue?> Values(string kind, string argument)
    {
        yield return null;
        foreach (ArgumentValue value in Given()) yield return value;

        IEnumerable<ArgumentValue> Given()
        {
            if (argument.EndsWith("Initializer", StringComparison.Ordinal)) return [new TextValue("RandomNormal(stddev: 0.3)")];
            if (argument.EndsWith("Regularizer", StringComparison.Ordinal)) return [new TextValue("L2(0.123)")];
            if (argument.EndsWith("Constraint", StringComparison.Ordinal)) return [new TextValue("NonNeg")];
            Type type = AttributeText.Find(kind)!.GetProperty(argument)!.PropertyType;
            type = Nullable.GetUnderlyingType(type) ?? type;
            IEnumerable<ArgumentValue> numbers = [.. new[] { 0, 1, 2, 3, 5, -1 }.Select(n => new IntegerValue(n)), new NumberValue(0.25), new NumberValue(0.6)];
            IEnumerable<ArgumentValue> lists = [.. new[] { 1, 2, 3 }.Select(n => new ArrayValue(EquatableArray.Of<ArgumentValue>(new IntegerValue(n)))), new ArrayValue(EquatableArray.Of<ArgumentValue>(new IntegerValue(2), new IntegerValue(1)))];
            IEnumerable<ArgumentValue> enums = new[] { typeof(NetGen.Activation), typeof(NetGen.DataFormat), typeof(NetGen.Padding), typeof(NetGen.Merge), typeof(NetGen.FillMode), typeof(NetGen.Interpolation), typeof(NetGen.FlipMode) }
                .SelectMany(e => Enum.GetNames(e).Select(n => (ArgumentValue)new EnumValue(e.Name, n)));
            IEnumerable<ArgumentValue> flags = [new BooleanValue(true), new BooleanValue(false)];
            return type == typeof(bool) ? flags
                : type.IsEnum ? Enum.GetNames(type).Select(n => new EnumValue(type.Name, n))
                : type == typeof(object) ? [.. flags, .. numbers, .. lists, .. enums]
                : type == typeof(string) ? [new TextValue("input")]
                : [.. numbers, .. lists];
        }
    }

    /// <summary>What a network is: its graphs in training and inference, its weights and what else its shell tells. Null where it has problems.</summary>
    private static string? Describe(ModelSpec model)
    {
        TapeResult training = Tape.Build(model, training: true);
        return training.Problems.Count > 0 ? null : $"{Describe(training.Graph)}\n{Describe(Tape.Build(model, training: false).Graph)}\n{Compiler.Shell(model).Text}";
    }

    /// <summary>The graph with what its text does not tell: the numbers of constants, and all that ops hold.</summary>
    private static string Describe(Graph graph) =>
        $"{graph}\n{string.Join(' ', graph.Nodes.Where(n => n.Op is not Scan).Select(n => n.Op.GetHashCode()))}\n{string.Join("\n", graph.Nodes.SelectMany(n => n.Inputs).Where(v => v.Kind == ValueKind.Constant).Distinct().Select(v => $"{v}: {string.Join(' ', v.Data)}"))}";
}
