namespace NetGen.Generator.Tests;

/// <summary>Recurrent layers that keep their states at every few steps only, and compute the steps between again in the backward half.</summary>
public sealed class GradientCheckpointTests
{
    private const int Long = 10_000;

    private static readonly string[] Tapes =
    [
        "[Input(Dim.Any, 3), LSTM(17, CHECKPOINT), Dense(2)]",
        "[Input(Dim.Any, 3), LSTM(5, ReturnSequences = true, CHECKPOINT), GRU(17, GoBackwards = true, CHECKPOINT), Dense(2)]",
        "[Input(Dim.Any, 3), GRU(5, ResetAfter = false, Bidirectional = Merge.Concat, ReturnSequences = true, CHECKPOINT), SimpleRNN(33, CHECKPOINT), Dense(1)]",
        "[Input(Dim.Any, 2), LSTM(16, Dropout = 0.3, RecurrentDropout = 0.25, Stateful = true, CHECKPOINT), Dense(2)]",
        "[Input(Dim.Any, 2), Masking, SimpleRNN(5, ReturnSequences = true, ReturnState = true, Name = \"a\", CHECKPOINT), SimpleRNN(5, InitialState = \"a\", ReturnSequences = true, CHECKPOINT), Dense(2)]",
        "[Input(5, 4), LSTM(8, ReturnSequences = true, Name = \"low\", Trainable = true, CHECKPOINT), GRU(130, Name = \"high\", Trainable = true, CHECKPOINT)]",
        "[Input(6, 4), GRU(8, CHECKPOINT)]",
    ];

    private static readonly string[] LongTapes =
    [
        "[Input(Dim.Any, 8), LSTM(16, ReturnSequences = true, CHECKPOINT), GRU(16, CHECKPOINT), Dense(1)]",
        "[Input(Dim.Any, 8), SimpleRNN(16, CHECKPOINT), Dense(1)]",
    ];

    /// <summary>All steps, one, none, and any number between.</summary>
    private static readonly int[] Lengths = [7, 1, 0, 3, 2, 4, 6];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(
        [.. Tapes.SelectMany(t => new[] { With(t, 2), With(t, 3), Without(t) }), .. LongTapes.SelectMany(t => new[] { With(t, 100), Without(t) })]));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, 2 * Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_interpreter(int index)
    {
        EmittedNet net = Batch.Value.Nets[(index / 2 * 3) + (index % 2)];
        foreach ((int samples, int time) in new[] { (1, 7), (3, 6), (7, 4), (18, 2), (3, 1) })
        {
            NetData data = Data(samples, time);
            NetCheck.Inference(net, data, NetCheck.Net);
            NetCheck.Training(net, data, NetCheck.Net);
            NetCheck.Parts(net, data);
        }
    }

    /// <summary>The steps are computed as they are without: the outputs have the same bits. Sums over the steps are of one window at a time, which rounds them otherwise.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Gives_what_keeping_all_steps_gives(int index)
    {
        NetData data = Data(5, 7);
        NetRun run = NetRun.Train(Batch.Value.Nets[(index / 2 * 3) + (index % 2)], data), whole = NetRun.Train(Batch.Value.Nets[(index / 2 * 3) + 2], data);
        Assert.Equal(NetCheck.Doubles(whole.Outputs[0]), NetCheck.Doubles(run.Outputs[0]));
        Assert.Equal(NetCheck.Doubles(whole.States), NetCheck.Doubles(run.States));
        CheckGradients(whole, run, 1e-5);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void What_is_frozen_costs_nothing_and_changes_no_bit_of_what_is_live(bool low, bool high)
    {
        EmittedNet net = Batch.Value.Nets[16];
        NetData live = new(5), frozen = new(5) { Live = name => name == "low" ? low : high };
        NetRun whole = NetRun.Train(net, live), run = NetRun.Train(net, frozen);
        foreach (StateUpdate update in net.TrainingGraph!.ParameterGradients)
        {
            if (run.IsFrozen(update.State))
            {
                Assert.True(run.IsUntouched(update.State));
            }
            else
            {
                Assert.Equal(whole.Unpack(update.State, whole.Gradients), run.Unpack(update.State, run.Gradients));
            }
        }

        NetCheck.Parts(net, frozen);
    }

    [Theory]
    [InlineData(0, 8, 3)]
    [InlineData(1, 4, 1.6)]
    public void Ten_thousand_steps_train_in_a_stated_memory(int index, int megabytes, double least)
    {
        EmittedNet net = Batch.Value.Nets[(3 * Tapes.Length) + (2 * index)], whole = Batch.Value.Nets[(3 * Tapes.Length) + (2 * index) + 1];
        NetData data = new(2, Long);
        (long own, long all) = (Bytes(net), Bytes(whole));
        TestContext.Current.TestOutputHelper?.WriteLine($"{own} bytes of scratch memory and kept activations, {all} without checkpoints");
        Assert.True(own < megabytes * 1_000_000L, $"{own} bytes");
        Assert.True(own * least < all, $"{own} bytes and {all} without");
        NetRun run = NetRun.Train(net, data), expected = NetRun.Train(whole, data);
        Assert.Equal(NetCheck.Doubles(expected.Outputs[0]), NetCheck.Doubles(run.Outputs[0]));
        CheckGradients(expected, run, 1e-4);
    }

    /// <summary>What does not hang on the number of steps is the input and what layers hand each other: the gates are there for a window.</summary>
    [Fact]
    public void Only_what_goes_from_layer_to_layer_grows_with_the_time()
    {
        ProgramSchedule schedule = Batch.Value.Nets[3 * Tapes.Length].Schedules.Training!;
        ArenaZone zone = Assert.Single(schedule.Arena.Zones, z => z.Symbols.Select(s => s.Name).SequenceEqual(["n", "t"]));

        // The input turned around, the sequence between the layers and its gradient, both 16 wide.
        Assert.True(zone.Floats <= 4 * 16, $"{zone.Floats} floats a step and sample");
    }

    [Fact]
    public void The_schedule_as_text() => Snapshot.Verify(Batch.Value.Nets[1].Schedules.Training!.ToString());

    private static void CheckGradients(NetRun expected, NetRun actual, double tolerance)
    {
        foreach (StateUpdate update in expected.Graph.ParameterGradients)
        {
            Value own = actual.Graph.Parameters.Single(p => p.Name == update.State.Name);
            NetCheck.Near(expected.Unpack(update.State, expected.Gradients), actual.Unpack(own, actual.Gradients), tolerance, $"the gradient of {own.Name}");
        }
    }

    private static long Bytes(EmittedNet net)
    {
        Frame frame = default;
        (frame.SizeValues[0], frame.SizeValues[1], frame.Parts) = (2, Long, 1);
        return net.Training!.ArenaLength(in frame) * sizeof(float);
    }

    private static NetData Data(int samples, int time) => new(samples, time)
    {
        Make = (value, i) => value.Kind == ValueKind.Lengths ? Math.Min(time, Lengths[i % Lengths.Length]) : null,
    };

    private static string With(string tape, int steps) => tape.Replace("CHECKPOINT", $"GradientCheckpoint = {steps}", StringComparison.Ordinal);

    private static string Without(string tape) => tape.Replace(", CHECKPOINT", "", StringComparison.Ordinal);
}
