namespace NetGen.Benchmarks;

/// <summary>What is measured, with the data that every contestant gets: weights, one batch of input and its targets, equal in every process.</summary>
internal sealed record Setup(Workload Workload, Mode Mode, int Batch, int Threads)
{
    /// <summary>While timing: so small that the one batch is not learnt by heart, which would bring vanishing (denormal, slow) gradients.</summary>
    public const double TimedLearningRate = 1e-7;

    /// <summary>
    /// While comparing losses: large enough for a wrong gradient to show after a few steps, and small enough for rounding not to, which deep networks
    /// magnify from step to step where each changes the loss much.
    /// </summary>
    public double ComparedLearningRate => Workload.Optimizer switch { TrainingOptimizer.Adam => 1e-3, TrainingOptimizer.Momentum => 1e-4, _ => 1e-5 };

    /// <summary>
    /// Negligible beside any gradient here, because Keras adds it before the bias correction and Torch after: with the usual 1e-7 that alone
    /// moves the compared losses by up to 4e-4, as much as a small fault would. It does not change the work of a step.
    /// </summary>
    public const double AdamEpsilon = 1e-12;

    /// <summary>Of <see cref="TrainingOptimizer.Momentum"/>.</summary>
    public const double Momentum = 0.9;

    /// <summary>Where a file holds NetGen's weights already, for a network that only predicts; otherwise null.</summary>
    public string? WeightsFile { get; init; }

    public double LearningRate { get; init; } = TimedLearningRate;

    public WeightSet Weights { get; } = new(Workload.Layers);

    public long[] InputShape => [Batch, .. Workload.InputShape];

    /// <summary>The peers' layout: maps channels first, sequences time first.</summary>
    public long[] PeerInputShape => Workload.InputShape switch
    {
        [var height, var width, var channels] => [Batch, channels, height, width],
        [var time, var features] => [time, Batch, features],
        _ => InputShape,
    };

    /// <summary>The input in the peers' layout.</summary>
    public float[] PeerInput => Workload.InputShape switch
    {
        [var height, var width, var channels] => ChannelsFirst.Of(Input, height * width, channels),
        [var time, var features] => TimeFirst(Input, time, features),
        _ => Input,
    };

    public long[] OutputShape => [Batch, .. Workload.OutputShape];

    /// <summary>Uniform in [-1, 1).</summary>
    public float[] Input { get; } = Uniform(7, Batch * Workload.InputShape.Aggregate(1, (a, b) => a * b), -1);

    /// <summary>Targets of <see cref="TrainingLoss.MeanSquaredError"/>, uniform in [0, 1).</summary>
    public float[] Targets { get; } = Uniform(3, Batch * Workload.OutputShape.Aggregate(1, (a, b) => a * b), 0);

    /// <summary>Labels of <see cref="TrainingLoss.SparseCategoricalCrossentropy"/>.</summary>
    public int[] Labels { get; } = Classes(5, Batch, Workload.OutputShape[^1]);

    private static float[] TimeFirst(float[] values, int time, int features)
    {
        int batch = values.Length / (time * features);
        var result = new float[values.Length];
        for (int b = 0; b < batch; b++)
            for (int t = 0; t < time; t++)
                Array.Copy(values, ((b * time) + t) * features, result, ((t * batch) + b) * features, features);
        return result;
    }

    private static float[] Uniform(int seed, int count, float low)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = low + (1 - low) * random.NextSingle();
        return values;
    }

    private static int[] Classes(int seed, int count, int classes)
    {
        var random = new Random(seed);
        var values = new int[count];
        for (int i = 0; i < count; i++) values[i] = random.Next(classes);
        return values;
    }
}
