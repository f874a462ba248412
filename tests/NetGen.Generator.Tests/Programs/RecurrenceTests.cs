namespace NetGen.Generator.Tests;

/// <summary>Recurrent layers of sizes that fill no vector and no tile, for few samples and steps, with masks of every shape; and how they are scheduled.</summary>
public sealed class RecurrenceTests
{
    private static readonly string[] Tapes =
    [
        "[Input(Dim.Any, 3), LSTM(1), Dense(2)]",
        "[Input(Dim.Any, 3), LSTM(17, ReturnSequences = true), LSTM(5, GoBackwards = true, ReturnSequences = true), Dense(2)]",
        "[Input(Dim.Any, 3), LSTM(33, Bidirectional = Merge.Concat, ReturnSequences = true), SimpleRNN(5), Dense(1)]",
        "[Input(Dim.Any, 2), GRU(33), Dense(2)]",
        "[Input(Dim.Any, 2), GRU(5, ResetAfter = false, ReturnSequences = true), GRU(1, UseBias = false), Dense(2)]",
        "[Input(Dim.Any, 2), GRU(17, ReturnSequences = true, ReturnState = true, Name = \"a\"), GRU(17, InitialState = \"a\"), Dense(2)]",
        "[Input(Dim.Any, 2), SimpleRNN(33, ReturnSequences = true), SimpleRNN(17, Activation = Activation.ReLU), Dense(2)]",
        "[Input(Dim.Any, 2), LSTM(16, Dropout = 0.3, RecurrentDropout = 0.25), Dense(2)]",
        "[Input(5, 4), LSTM(8, ReturnSequences = true), GRU(130)]",
        "[Input(1, 4), LSTM(5), Dense(1)]",
        "[Input(Dim.Any, 3), LSTM(17, Stateful = true, ReturnSequences = true), GRU(5, Stateful = true), Dense(2)]",
        "[Input(Dim.Any, 3), SimpleRNN(5, Stateful = true, Bidirectional = Merge.Concat, ReturnSequences = true), LSTM(3, Stateful = true, GoBackwards = true, Name = \"top\", Trainable = true), Dense(2)]",
        "[Input(Dim.Any, 3), Ops.LSTM(17, Peepholes = true, Clip = 0.9, Direction = RnnDirection.Bidirectional, ReturnSequences = true), Ops.LSTM(5, InputForget = true, Direction = RnnDirection.Reverse, Activations = new[] { \"HardSigmoid\", \"Tanh\", \"Softsign\" }), Dense(2)]",
        "[Input(Dim.Any, 2), Ops.GRU(33, Activations = new[] { \"Sigmoid\", \"Affine\" }, ActivationAlpha = 0.5, LinearBeforeReset = true, Direction = RnnDirection.Reverse, ReturnSequences = true), Ops.RNN(5, Direction = RnnDirection.Bidirectional, Activations = new[] { \"Relu\", \"Tanh\" }, ReturnSequences = true), Dense(2)]",
    ];

    /// <summary>All steps, one, none, and any number between.</summary>
    private static readonly int[] Lengths = [4, 1, 0, 3, 2, 4, 1];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_interpreter(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach ((int samples, int time) in new[] { (1, 4), (3, 4), (7, 4), (18, 2), (3, 1) })
        {
            NetData data = new(samples, time) { Make = (value, i) => value.Kind == ValueKind.Lengths ? Math.Min(time, Lengths[i % Lengths.Length]) : null };
            NetCheck.Inference(net, data, NetCheck.Net);
            NetCheck.Training(net, data, NetCheck.Net);
            NetCheck.Parts(net, data);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Parts_run_loops_over_their_own_samples_and_copy_nothing_in_them(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        LoopKernel[] loops = [.. net.Schedules.Inference.Lists.Concat(net.Schedules.Training!.Lists).SelectMany(l => l.Steps).Select(s => s.Kernel).OfType<LoopKernel>()];
        Assert.True(loops.Length >= 3, $"{loops.Length} loops");
        foreach (LoopKernel loop in loops)
        {
            Assert.True(loop.Units == Dim.Batch, loop.Summary);

            // A reset gate before the product has its gradient behind another product than the other gate: the two are put together by a copy.
            Assert.All(loop.Body, s => Assert.True(s.Kernel is MatMulKernel or ColumnMapKernel or MapKernel or DotKernel || (s.Kernel is CopyRowsKernel && Tapes[index].Contains("ResetAfter = false", StringComparison.Ordinal)), $"{s.Kernel.Name} in a loop of {net}"));
        }
    }

    [Theory]
    [InlineData("[Input(6, 3), LSTM(17)]", 1)]
    [InlineData("[Input(6, 3), GRU(17)]", 1)]
    [InlineData("[Input(6, 3), GRU(17, ResetAfter = false)]", 2)]
    [InlineData("[Input(6, 3), SimpleRNN(17)]", 1)]
    [InlineData("[Input(Dim.Any, 3), LSTM(17)]", 1)]
    [InlineData("[Input(Dim.Any, 3), GRU(17)]", 1)]
    [InlineData("[Input(Dim.Any, 3), GRU(17, ResetAfter = false)]", 2)]
    public void A_step_is_its_products_and_a_map_behind_each(string tape, int products)
    {
        Schedules schedules = Plan(tape);
        foreach (StepList list in new[] { schedules.Inference.Lists[1], schedules.Training!.Lists[1] })
        {
            string[] kernels = [.. Loop(list).Body.Select(s => s.Kernel is MatMulKernel ? "product" : s.Kernel is MapKernel or ColumnMapKernel ? "map" : s.Kernel.Name)];
            Assert.Equal(Enumerable.Range(0, products).SelectMany(_ => new[] { "product", "map" }), kernels);
        }
    }

    [Fact]
    public void Stacked_layers_do_not_turn_their_sequences_around()
    {
        Schedules schedules = Plan("[Input(6, 3), LSTM(4, ReturnSequences = true), GRU(4, ReturnSequences = true), SimpleRNN(4)]");

        // The input alone is turned, whose gradient nobody asks for.
        Assert.Single(schedules.Inference.Lists[1].Steps, s => s.Kernel is TransposeKernel);
        Assert.Single(schedules.Training!.Lists.SelectMany(l => l.Steps), s => s.Kernel is TransposeKernel);
    }

    private static Schedules Plan(string tape) => Compiler.Plan(TapeText.Graph(tape), TapeText.Graph(tape, training: true), []);

    private static LoopKernel Loop(StepList list) => Assert.Single(list.Steps.Select(s => s.Kernel).OfType<LoopKernel>());
}
