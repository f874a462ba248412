using System.Diagnostics;
using System.Globalization;

namespace NetGen.Tests.Training;

/// <summary>Many threads predict while a network trains, is saved and served: every answer is one of whole weights, and memory stays flat. NETGEN_SOAK sets the minutes (2 seconds if unset).</summary>
[Collection(AloneCollection.Name)]
public sealed class SoakTests
{
    private const int Threads = 6;

    [Fact]
    public void Memory_stays_flat()
    {
        TimeSpan duration = double.TryParse(Environment.GetEnvironmentVariable("NETGEN_SOAK"), CultureInfo.InvariantCulture, out double minutes) ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromSeconds(2);
        using TemporaryFolder folder = new();
        Mixed model = new(seed: 1);
        model.Save(folder["model"]);
        Mixed served = Mixed.Load(folder["model"]);
        Dataset data = ToyData.Blobs(640, 37, 5);
        using CancellationTokenSource end = new();
        long predictions = 0, wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() => Predict(i % 2 == 0 ? model : served, 1 + i)))];
        void Predict(Mixed network, int samples)
        {
            float[] x = new float[samples * 37], y = new float[samples * 5];
            x.AsSpan().Fill(0.5f);
            while (!end.IsCancellationRequested)
            {
                network.Predict(x, y);

                // Samples are equal, and probabilities add up to 1.
                bool isRight = Math.Abs(y.Take(5).Sum() - 1) < 1e-4f && y.Skip(5).Zip(y).All(pair => pair.First == pair.Second);
                if (!isRight) Interlocked.Increment(ref wrong);
                Interlocked.Increment(ref predictions);
            }
        }

        foreach (Thread thread in threads) thread.Start();
        List<long> memory = [];
        int fits = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration || fits < 8)
        {
            Trainer<Mixed> trainer = new(model)
            {
                Optimizer = new Adam(1e-4),
                Loss = Loss.SparseCategoricalCrossentropy(),
                Metrics = [Metric.Accuracy()],
                Seed = (ulong)fits,
                Callbacks = [new ModelCheckpoint(folder["checkpoint"]), new BackupAndRestore(folder["backup"], saveFreq: 50)],
            };
            trainer.Fit(data, epochs: 3, validationSplit: 0.2);
            model.Save(folder["model"]);
            served.LoadWeights(folder["model"]);
            fits++;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            memory.Add(Environment.WorkingSet);
        }

        end.Cancel();
        foreach (Thread thread in threads) thread.Join();

        // The first quarter is for buffers and compiled code; of the others the least counts, as collections come and go.
        long[] quarters = [.. memory.Chunk((memory.Count + 3) / 4).Select(chunk => chunk.Min())];
        TestContext.Current.SendDiagnosticMessage($"{fits} fits, {predictions:N0} predictions, least working set of each quarter: {string.Join(", ", quarters.Select(q => $"{q >> 20} MB"))}");
        if (Environment.GetEnvironmentVariable("NETGEN_SOAK_REPORT") is { Length: > 0 } report)
            File.WriteAllText(report, $"{fits} fits, {predictions:N0} predictions, {wrong} wrong, least working set of each quarter: {string.Join(", ", quarters.Select(q => $"{q / 1048576.0:0.0} MB"))}\n");
        Assert.Equal(0, wrong);
        Assert.True(predictions > Threads);
        Assert.InRange(quarters[^1] - quarters[1], long.MinValue, 32L << 20);
    }
}
