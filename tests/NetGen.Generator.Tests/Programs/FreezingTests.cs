namespace NetGen.Generator.Tests;

/// <summary>What is frozen at run time costs nothing backwards, and changes no bit of what is live.</summary>
public sealed class FreezingTests
{
    private static readonly string[] Tapes =
    [
        "[Input(6), Dense(9, Activation = Activation.Tanh, Name = \"low\", Trainable = true), Dense(8, Activation = Activation.ReLU, Name = \"middle\"), Dense(7, Activation = Activation.Sigmoid, Name = \"high\", Trainable = true), Dense(3, Activation = Activation.Softmax, Trainable = true, Name = \"head\")]",
        "[Input(6), Dense(9, Activation = Activation.Tanh, Name = \"low\", Trainable = true), Dense(8, Activation = Activation.ReLU, Name = \"high\", Trainable = true), Dense(3, Activation = Activation.Softmax)]",
        "[Input(4, 6), LSTM(5, ReturnSequences = true, Name = \"low\", Trainable = true), LSTM(3, Name = \"high\", Trainable = true), Dense(2)]",
        "[Input(5, 4, 3), Conv2D(4, 3, Name = \"low\", Trainable = true), ReLU, Conv2D(5, 2, Name = \"high\", Trainable = true), Flatten, Dense(2)]",
        "[Input(6, Name = \"x\"), Dense(6, Name = \"low\", Trainable = true), Add(\"low\", \"x\", Name = \"sum\"), Dense(6, Name = \"high\", Trainable = true), Reuse(\"low\", Name = \"again\"), Add(\"again\", \"sum\"), Dense(2)]",
    ];

    /// <summary>With batch statistics, which a toggle changes: only the interpreter knows what is right.</summary>
    private static readonly string[] Normalized =
    [
        "[Input(6), Dense(9, Name = \"low\", Trainable = true), BatchNormalization(Name = \"norm\", Trainable = true), ReLU, Dense(3, Activation = Activation.Softmax)]",
        "[Input(6), BatchNormalization(Name = \"low\", Trainable = true), Dense(9), BatchNormalization(Name = \"norm\", Trainable = true), ReLU, Dense(3)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        foreach (string tape in Tapes.Concat(Normalized))
        {
            batch.Add(tape);
        }

        return batch.Compile();
    });

    public static TheoryData<int, bool, bool> Settings
    {
        get
        {
            TheoryData<int, bool, bool> data = [];
            for (int i = 0; i < Tapes.Length + Normalized.Length; i++)
            {
                foreach ((bool low, bool high) in new[] { (true, true), (true, false), (false, true), (false, false) })
                {
                    data.Add(i, low, high);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Agrees_with_the_interpreter(int index, bool low, bool high)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach (int samples in new[] { 1, 7 })
        {
            NetData data = Data(samples, low, high);
            NetCheck.Training(net, data, NetCheck.Net);
            NetCheck.Parts(net, data);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void What_is_live_keeps_its_bits(int index, bool low, bool high)
    {
        Assert.SkipWhen(index >= Tapes.Length, "A frozen normalization computes something else.");
        EmittedNet net = Batch.Value.Nets[index];
        NetRun whole = NetRun.Train(net, Data(5, true, true)), run = NetRun.Train(net, Data(5, low, high));
        Assert.Equal(NetCheck.Doubles(whole.Outputs[0]), NetCheck.Doubles(run.Outputs[0]));
        foreach (StateUpdate update in net.TrainingGraph!.ParameterGradients)
        {
            if (run.IsFrozen(update.State))
            {
                Assert.True(run.IsUntouched(update.State), $"{update.State.Name} of {net}");
            }
            else
            {
                Assert.Equal(whole.Unpack(update.State, whole.Gradients), run.Unpack(update.State, run.Gradients));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Frozen_statistics_stay_and_those_of_the_batch_are_not_computed(bool live)
    {
        EmittedNet net = Batch.Value.Nets[Tapes.Length];
        NetData data = Data(7, false, live);
        NetRun run = NetRun.Train(net, data);
        foreach (string name in new[] { "norm/moving_mean", "norm/moving_variance" })
        {
            Value state = net.TrainingGraph!.Parameters.Single(p => p.Name == name);
            Assert.Equal(live, !data.Of(state, net.TrainingGraph).SequenceEqual(run.Unpack(state, run.Weights)));
        }

        Assert.Equal(live, Run(net, 1, false, live).Any(s => s.Kernel is RuntimeKernel { Method: "ChannelStatistics.Partials" }));
    }

    [Fact]
    public void Below_the_lowest_live_weight_nothing_runs_backwards()
    {
        EmittedNet net = Batch.Value.Nets[1];
        Assert.Equal(5, Products(true, true));
        Assert.Equal(3, Products(false, true));
        Assert.Equal(4, Products(true, false));
        Assert.Equal(1, Products(false, false));
        Assert.Empty(Run(net, 0, false, false));
        int Products(bool low, bool high) => Run(net, 2, low, high).Count(s => s.Kernel is MatMulKernel);
    }

    [Fact]
    public void What_only_the_backward_half_reads_of_a_loop_is_not_kept()
    {
        EmittedNet net = Batch.Value.Nets[2];
        int live = Stored(true, true), top = Stored(false, true), none = Stored(false, false);
        Assert.True(live > top && top > none, $"{live}, {top} and {none} arrays are written a step");
        int Stored(bool low, bool high) => Run(net, 1, low, high).Select(s => s.Kernel).OfType<LoopKernel>()
            .SelectMany(l => l.Body.Items.Where(s => Runs(s, low, high))).Sum(s => s.Kernel.Operands.Count(o => o.Access is Access.WriteOwn or Access.WriteScattered));
    }

    [Fact]
    public void The_schedule_as_text() => Snapshot.Verify(Batch.Value.Nets[1].Schedules.Training!.ToString());

    /// <summary>The steps of a list that run, of two toggles.</summary>
    private static IEnumerable<Step> Run(EmittedNet net, int list, bool low, bool high) => net.Schedules.Training!.Lists[list].Steps.Where(s => Runs(s, low, high));

    private static bool Runs(Step step, bool low, bool high) => Holds(step.Need, low, high) && !Holds(step.Unless, low, high);

    private static bool Holds(Need need, bool low, bool high) => need.IsAlways || (need.Toggles & ((low ? 1UL : 0) | (high ? 2UL : 0))) != 0;

    private static NetData Data(int samples, bool low, bool high) => new(samples) { Live = name => name == "low" ? low : high };
}
