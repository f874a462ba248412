namespace NetGen.Tests.Training;

public sealed class ConcurrencyTests
{
    /// <summary>
    /// An optimizer that makes all weights the same number after every step: whoever sees two numbers at once sees half of an update. The inputs are 1, so the output must be
    /// a multiple of the number of weights.
    /// </summary>
    [Fact]
    public void Predict_during_training_sees_whole_snapshots()
    {
        const int weights = 701;
        Row model = new(seed: 1);
        foreach (ParameterInfo parameter in model.Parameters) model.SetWeights(parameter.Name, [.. Enumerable.Repeat(1f, parameter.Count)]);
        Trainer<Row> trainer = new(model) { Optimizer = new Stepping(), Loss = Loss.MeanSquaredError() };
        float[] x = [.. Enumerable.Repeat(1f, weights - 1)];
        bool isDone = false;
        int wrong = 0;
        HashSet<float>[] seen = [[], [], []];
        Thread[] readers =
        [
            .. seen.Select(values => new Thread(() =>
            {
                Span<float> y = stackalloc float[1];
                do
                {
                    model.Predict(x, y);
                    if (y[0] % weights != 0) Interlocked.Increment(ref wrong);
                    values.Add(y[0]);
                }
                while (!Volatile.Read(ref isDone));
            })),
        ];
        foreach (Thread reader in readers) reader.Start();
        for (int step = 0; step < 3000; step++) trainer.TrainOnBatch(x, [0]);
        Volatile.Write(ref isDone, true);
        foreach (Thread reader in readers) reader.Join();
        Assert.Equal(0, wrong);
        Span<float> last = stackalloc float[1];
        model.Predict(x, last);
        Assert.Equal(3001f * weights, last[0]);
        Assert.Contains(seen, values => values.Count > 1);
    }

    [Fact]
    public void A_file_saved_during_training_holds_one_step()
    {
        using TemporaryFolder folder = new();
        Row model = new(seed: 1);
        foreach (ParameterInfo parameter in model.Parameters) model.SetWeights(parameter.Name, [.. Enumerable.Repeat(1f, parameter.Count)]);
        Trainer<Row> trainer = new(model) { Optimizer = new Stepping(), Loss = Loss.MeanSquaredError() };
        float[] x = new float[700];
        bool isDone = false;
        Thread saver = new(() =>
        {
            while (!Volatile.Read(ref isDone)) model.Save(folder["row.safetensors"]);
        });
        saver.Start();
        for (int step = 0; step < 2000; step++) trainer.TrainOnBatch(x, [0]);
        Volatile.Write(ref isDone, true);
        saver.Join();
        Row loaded = new();
        loaded.LoadWeights(folder["row.safetensors"]);
        Assert.Single(loaded.Parameters.SelectMany(p => loaded.GetWeights(p.Name)).Distinct());
    }

    private sealed class Stepping() : Optimizer(1.0)
    {
        public override IReadOnlyList<string> SlotNames => [];

        protected internal override void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
        {
            foreach (ref float weight in weights) weight = weight == 0 ? 0 : context.Iteration + 2;
        }
    }
}
