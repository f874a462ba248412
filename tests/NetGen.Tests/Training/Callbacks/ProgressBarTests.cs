namespace NetGen.Tests.Training.Callbacks;

public sealed class ProgressBarTests
{
    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    [Fact]
    public void Redirected_output_has_a_line_for_each_epoch()
    {
        Clock clock = new();
        StringWriter output = new() { NewLine = "\n" };
        ProgressBar bar = new ProgressBar(output, false, () => 80, clock).Begin(CallbackRun.NewTrainer());
        bar.OnEpochBegin(2);
        for (int batch = 0; batch < 10; batch++)
        {
            clock.Now += TimeSpan.FromMilliseconds(500);
            bar.OnBatchEnd(batch, new Logs { ["loss"] = 1 });
        }

        bar.OnEpochEnd(2, new Logs { ["loss"] = 0.25, ["val_loss"] = 0.0001 });
        Assert.Equal("Epoch 3/100 - 5.0 s, 500.0 ms/step - loss: 0.2500 - val_loss: 1.0000e-04\n", output.ToString());
    }

    [Fact]
    public void A_terminal_has_a_bar_that_is_drawn_now_and_then()
    {
        Clock clock = new();
        StringWriter output = new() { NewLine = "\n" };
        ProgressBar bar = new ProgressBar(output, true, () => 100, clock).Begin(CallbackRun.NewTrainer());
        bar.OnEpochBegin(0);
        for (int batch = 0; batch < 10; batch++)
        {
            clock.Now += TimeSpan.FromMilliseconds(60);
            bar.OnBatchEnd(batch, new Logs { ["loss"] = 0.5 });
        }

        bar.OnEpochEnd(0, new Logs { ["loss"] = 0.5 });
        bar.OnTrainEnd();
        string[] drawn = output.ToString().Split('\r', '\n');
        Assert.Equal("Epoch 1/100", drawn[0]);
        Assert.Equal(" 2/10 [====>...................]  0.5 s left, 60.0 ms/step - loss: 0.5000", drawn[2]);
        Assert.Equal("10/10 [========================]  0.6 s, 60.0 ms/step - loss: 0.5000", drawn[^2].TrimEnd());
        Assert.Equal("", drawn[^1]);
        Assert.Equal(9, drawn.Length);
    }

    [Fact]
    public void A_line_never_reaches_the_edge_and_covers_the_one_before()
    {
        StringWriter output = new() { NewLine = "\n" };
        Clock clock = new();
        ProgressBar bar = new ProgressBar(output, true, () => 50, clock).Begin(CallbackRun.NewTrainer());
        bar.OnEpochBegin(0);
        clock.Now += TimeSpan.FromHours(2);
        bar.OnBatchEnd(0, new Logs { ["loss"] = 0.5, ["a_metric_with_a_long_name"] = 1 });
        Assert.All(output.ToString().Split('\r', '\n'), line => Assert.True(line.Length < 50));
        Assert.Contains("18:00:00 left", output.ToString(), StringComparison.Ordinal);
        bar.OnTrainInterrupted();
        Assert.EndsWith("\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_accompanies_a_run()
    {
        StringWriter output = new();
        ProgressBar bar = new(output, false, () => 80, TimeProvider.System);
        new Trainer<Tiny>(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = [bar] }.Fit(ToyData.Blobs(9, 4, 3), epochs: 3);
        Assert.Equal(3, output.ToString().Split("loss:").Length - 1);
    }
}
