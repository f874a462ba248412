namespace NetGen.Generator.Tests;

/// <summary>
/// Small networks that together touch everything which the architecture must hold: a convolutional residual block, a masked loop over unequal lengths, an encoder
/// and a decoder with times of their own, a layer applied twice; the fifth, a frozen block, is <see cref="FrozenBlockTests"/>. Each goes through the whole pipeline: its gradients against finite
/// differences, its programs against the interpreter, its graph and schedule as text.
/// </summary>
public sealed class ProbeTests
{
    private const string Residual =
        "[Input(6, 5, 4), Conv2D(4, 3, Padding = Padding.Same, UseBias = false), BatchNormalization(Name = \"main\"), Add(\"main\", \"input\"), ReLU, Flatten, Dense(3, Activation = Activation.Softmax)]";

    private const string MaskedLstm = "[Input(Dim.Any, 3), Masking, LSTM(5), Dense(2)]";

    private const string EncoderDecoder =
        "[Input(Dim.Any, 3, Name = \"source\"), LSTM(4, ReturnState = true, Name = \"encoder\")]" +
        "[Input(Dim.Any, 2, Name = \"target\"), LSTM(4, ReturnSequences = true, InitialState = \"encoder\"), Dense(2)]";

    private const string Shared = "[Input(8), Dense(8, Activation = Activation.Tanh, Name = \"d\"), Reuse(\"d\"), Reuse(\"d\"), Dense(2)]";

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        foreach (string tape in new[] { Residual, MaskedLstm, EncoderDecoder, Shared })
        {
            batch.Add(tape);
        }

        return batch.Compile();
    });

    /// <summary>Lengths of sequences: full, one step, nothing at all, all but one, ...</summary>
    private static readonly int[] Lengths = [5, 1, 0, 4, 3, 2, 5];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(18)]
    public void A_residual_block_of_convolution_and_normalization(int samples) => Check(0, new NetData(samples), hasLogits: true);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_masked_loop_over_unequal_lengths(int samples)
    {
        const int Time = 5;
        NetData data = new(samples, Time) { Make = (value, i) => value.Kind == ValueKind.Input && i / 3 % Time >= Lengths[i / 3 / Time % Lengths.Length] ? 0 : null };
        Check(1, data, hasLogits: false);
    }

    [Fact]
    public void A_masked_step_keeps_the_state()
    {
        // The same sequence, once with steps of zeros behind it: the result is the same.
        EmittedNet net = Batch.Value.Nets[1];
        static double Element(int step, int i) => step < 3 ? Math.Sin((step * 3) + i + 1) : 0;
        NetRun shorter = NetRun.Infer(net, new NetData(1, 3) { Make = (v, i) => v.Kind == ValueKind.Input ? Element(i / 3, i % 3) : null });
        NetRun longer = NetRun.Infer(net, new NetData(1, 8) { Make = (v, i) => v.Kind == ValueKind.Input ? Element(i / 3, i % 3) : null });
        Assert.Equal(NetCheck.Doubles(shorter.Outputs[0]), NetCheck.Doubles(longer.Outputs[0]));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(5, 3)]
    public void An_encoder_and_a_decoder_with_two_times(int samples, int time) => Check(2, new NetData(samples, time) { TimeOf = s => s == "t_target" ? time + 2 : time }, hasLogits: false);

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void A_layer_applied_three_times(int samples) => Check(3, new NetData(samples), hasLogits: false);

    [Fact]
    public void The_residual_block_as_text() => Snapshot.Verify(Text(0));

    [Fact]
    public void The_masked_loop_as_text() => Snapshot.Verify(Text(1));

    [Fact]
    public void The_encoder_and_decoder_as_text() => Snapshot.Verify(Text(2));

    [Fact]
    public void The_shared_layer_as_text() => Snapshot.Verify(Text(3));

    private static void Check(int index, NetData data, bool hasLogits)
    {
        EmittedNet net = Batch.Value.Nets[index];
        NetCheck.Inference(net, data, NetCheck.Net);
        NetCheck.Training(net, data, NetCheck.Net);
        NetCheck.Parts(net, data);
        if (hasLogits)
        {
            NetCheck.Training(net, data, NetCheck.Net, isFused: true);
        }

        if (data.Batch <= 9)
        {
            Graph graph = TapeText.Graph(net.Name, training: true);
            Dictionary<Value, double[]> elements = graph.Values.Where(v => v.Kind is ValueKind.Input or ValueKind.Parameter or ValueKind.Toggle).ToDictionary(v => v, v => data.Of(v, graph));
            Differences.Check(graph, [.. graph.Parameters.Where(p => p.Parameter!.Trainable)], data.SizesOf(graph), elements, tolerance: 1e-5);
        }
    }

    private static string Text(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        return $"{net.Name}\n\n{PassList.Run(net.InferenceGraph)}\n{net.Schedules.Inference}\n{PassList.Run(net.TrainingGraph!)}\n{net.Schedules.Training}";
    }
}
