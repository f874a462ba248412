namespace NetGen.Generator.Tests;

/// <summary>Lengths mask the steps behind them, as Keras's masks do.</summary>
public sealed class LengthsTests
{
    private const int Time = 5;

    private static readonly string[] Tapes =
    [
        "[Input(Dim.Any, 3), LSTM(5), Dense(2)]",
        "[Input(Dim.Any, 3), Masking, LSTM(5), Dense(2)]",
        "[Input(Dim.Any, 3), Masking, LSTM(5, ReturnSequences = true), LSTM(4, ReturnSequences = true, GoBackwards = true), Dense(2)]",
        "[Input(Dim.Any), Embedding(7, 4), LSTM(5), Dense(2)]",
        "[Input(Dim.Any), Embedding(7, 4, MaskZero = true), LSTM(5), Dense(2)]",
        "[Input(Dim.Any, 3, Name = \"source\"), LSTM(4, ReturnState = true, Name = \"encoder\")]" +
        "[Input(Dim.Any, 2, Name = \"target\"), LSTM(4, ReturnSequences = true, InitialState = \"encoder\"), Dense(2)]",
        "[Input(Dim.Any, 3, Name = \"x\"), BatchNormalization(Name = \"a\"), Multiply(\"x\", \"a\"), LSTM(3)]",
        "[Input(Dim.Any, 3), MultiHeadAttention(2, 5), Dense(2)]",
        "[Input(Dim.Any, 3), Masking, MultiHeadAttention(1, 4, ValueDim = 3, UseCausalMask = true, Name = \"a\"), MultiHeadAttention(2, 3, UseGate = true, From = \"a\"), Output(\"a.scores\"), Output(\"multi_head_attention\")]",
        "[Input(Dim.Any, 3), Attention, Attention(UseScale = true, UseCausalMask = true), AdditiveAttention, Dense(2)]",
        "[Input(Dim.Any, Name = \"source\"), TokenAndPositionEmbedding(7, 9, 4, MaskZero = true, Name = \"e\")]" +
        "[Input(Dim.Any, 2, Name = \"target\"), GroupQueryAttention(3, 4, 2, \"target\", \"e\"), Dense(2)]",
    ];

    private static readonly int[] Lengths = [5, 1, 0, 4, 3, 2, 5];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_interpreter(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach (int samples in new[] { 1, 7, 18 })
        {
            NetData data = Data(samples, masksValues: false);
            NetCheck.Inference(net, data, NetCheck.Net);
            NetCheck.Training(net, data, NetCheck.Net);
            NetCheck.Parts(net, data);
        }
    }

    /// <summary>Empty sequences, some of one step, and all padded but one.</summary>
    [Theory]
    [InlineData(0, 1, 5, 3)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(0, 0, 0, 4)]
    [InlineData(0, 0, 0, 0)]
    public void Gradients_through_time_agree_with_finite_differences(params int[] lengths)
    {
        string[] tapes =
        [
            .. Tapes.Take(6),
            "[Input(Dim.Any, 3), GRU(4, ReturnSequences = true, Bidirectional = Merge.Concat), SimpleRNN(3)]",
            "[Input(Dim.Any, 3), Dense(4, Activation = Activation.Tanh), GlobalAveragePooling1D, Dense(2)]",
            "[Input(Dim.Any, 3), Dense(4, Activation = Activation.Tanh), BatchNormalization, GRU(3, ReturnSequences = true)]",
        ];
        foreach (string tape in tapes)
        {
            // Moments of no step at all are no numbers to take differences of.
            if (lengths.Sum() < 8 && tape.Contains("BatchNormalization", StringComparison.Ordinal))
            {
                continue;
            }

            Graph graph = TapeText.Graph(tape, training: true);
            Dictionary<Value, double[]> data = graph.Values.Where(v => v.Kind == ValueKind.Lengths).ToDictionary(v => v, _ => lengths.Select(l => (double)l).ToArray());
            foreach (Value tokens in graph.Inputs.Where(i => i.Shape.Rank == 2))
            {
                data[tokens] = [.. Enumerable.Range(0, lengths.Length * Time).Select(i => (double)(i * 3 % 7))];
            }

            Value[] wanted = [.. graph.Inputs.Where(i => i.Shape.Rank > 2), .. graph.Parameters.Where(p => p.Parameter!.Trainable)];
            Dictionary<string, long> sizes = new() { ["n"] = lengths.Length, ["t"] = Time, ["t_source"] = Time, ["t_target"] = Time };
            Differences.Check(graph, wanted, sizes, data, tolerance: 1e-5);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    public void Lengths_do_what_masked_values_do(int lengths, int values)
    {
        NetRun expected = NetRun.Train(Batch.Value.Nets[values], Data(7, masksValues: true)), actual = NetRun.Train(Batch.Value.Nets[lengths], Data(7, masksValues: false));
        Assert.Equal(NetCheck.Doubles(expected.Outputs[0]), NetCheck.Doubles(actual.Outputs[0]));
        foreach (Value parameter in expected.Graph.Parameters)
        {
            // A masked token still gets its gradient of zero; the rest is the same to the last bit.
            Assert.Equal(expected.Unpack(parameter, expected.Gradients), actual.Unpack(parameter, actual.Gradients));
        }
    }

    [Theory]
    [InlineData("[Input(Dim.Any, 3), Dense(2)]", 0)]
    [InlineData("[Input(Dim.Any, 3), LayerNormalization, Dense(2, Activation = Activation.Softmax)]", 0)]
    [InlineData("[Input(Dim.Any, 3), BatchNormalization, Dense(2)]", 0)]
    [InlineData("[Input(4, 3), LSTM(2)]", 0)]
    [InlineData("[Input(Dim.Any, 3), LSTM(2)]", 1)]
    [InlineData("[Input(Dim.Any, 3), MultiHeadAttention(2, 2)]", 1)]
    [InlineData("[Input(Dim.Any, 3, Name = \"a\", Time = \"t\"), LSTM(2, Name = \"x\"), Input(Dim.Any, 2, Name = \"b\", Time = \"t\"), LSTM(2, Name = \"y\"), Add(\"x\", \"y\")]", 1)]
    [InlineData("[Input(Dim.Any, 3, Name = \"a\"), LSTM(2, Name = \"x\"), Input(Dim.Any, 2, Name = \"b\"), LSTM(2, Name = \"y\"), Add(\"x\", \"y\")]", 2)]
    public void Only_times_whose_masks_a_layer_reads_take_lengths(string tape, int count)
    {
        TapeResult inference = TapeText.Build(tape);
        NetworkFacts facts = NetworkFacts.Of(inference, new ParameterLayouts(inference.Graph));
        Assert.Equal(count, facts.Lengths.Count);
        string shell = ShellEmitter.Emit(new TypeSpec("", EquatableArray<string>.Empty, "Net", "public", false), facts, default);
        Assert.Equal(count > 0, shell.Contains("ReadOnlySpan<int>", StringComparison.Ordinal));
    }

    /// <summary>Steps behind the lengths hold arbitrary numbers, or what the layers of the tapes mask.</summary>
    private static NetData Data(int samples, bool masksValues) => new(samples, Time)
    {
        TimeOf = symbol => symbol == "t_target" ? Time + 2 : Time,
        Make = (value, i) => value.Kind switch
        {
            ValueKind.Lengths => masksValues ? null : Lengths[i % Lengths.Length],
            ValueKind.Input when value.Shape.Rank == 2 => masksValues && i % Time >= Lengths[i / Time % Lengths.Length] ? 0 : 1 + (i * 3 % 6),
            ValueKind.Input when masksValues => i / 3 % Time >= Lengths[i / 3 / Time % Lengths.Length] ? 0 : null,
            _ => null,
        },
    };
}
