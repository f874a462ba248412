using System.Diagnostics;
using System.Globalization;
using NetGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["time"])
{
    Console.WriteLine($"predict_ns: {Stopwatches.Predict():f1}");
    return;
}

// Two interleaved rings: a linear model cannot part them.
const int Samples = 256;
float[] x = new float[Samples * Rings.InputSize];
int[] labels = new int[Samples];
for (int i = 0; i < Samples; i++)
{
    labels[i] = i % 2;
    float radius = labels[i] + 1 + 0.2f * MathF.Sin(7 * i);
    (x[2 * i], x[2 * i + 1]) = (radius * MathF.Cos(i), radius * MathF.Sin(i));
}

Rings model = new(seed: 3);
Print("before", model);
Trainer<Rings> trainer = new(model)
{
    Optimizer = new Adam(0.02),
    Loss = Loss.SparseCategoricalCrossentropy(),
    Metrics = [Metric.Accuracy()],
    Seed = 5,
};
Dataset data = Dataset.FromArrays(x, [2], labels);
trainer.Fit(data, epochs: 40, batchSize: 32);
Print("after", model);

string file = Path.Combine(AppContext.BaseDirectory, "rings.safetensors");
model.Save(file);
Print("loaded", Rings.Load(file));
Console.WriteLine($"result: accuracy={trainer.Evaluate(data)["accuracy"]:f4}");

static void Print(string when, Rings model)
{
    float[] y = new float[3 * Rings.OutputSize];
    model.Predict([1, 0, 0, 2, -0.6f, 0.6f], y);
    Console.WriteLine($"{when}: {string.Join(' ', y.Select(v => v.ToString("g9")))}");
}

[Network]
[Input(2)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(2, Activation = Activation.Softmax)]
public partial class Rings;

[Network]
[Input(784)]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10, Activation = Activation.Softmax)]
public partial class Mlp;

internal static class Stopwatches
{
    /// <summary>The least time of one Predict in nanoseconds, over half a second behind a warm-up that is long enough for the JIT's tiers.</summary>
    public static double Predict()
    {
        Mlp model = new(seed: 1);
        float[] x = [.. Enumerable.Range(0, Mlp.InputSize).Select(i => MathF.Sin(i))];
        float[] y = new float[Mlp.OutputSize];
        Run(model, x, y, TimeSpan.FromSeconds(0.7));
        return Run(model, x, y, TimeSpan.FromSeconds(0.5));
    }

    private static double Run(Mlp model, float[] x, float[] y, TimeSpan time)
    {
        const int Calls = 100;
        double least = double.PositiveInfinity;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
        {
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++) model.Predict(x, y);
            least = Math.Min(least, Stopwatch.GetElapsedTime(before).TotalNanoseconds / Calls);
        }

        return least;
    }
}
