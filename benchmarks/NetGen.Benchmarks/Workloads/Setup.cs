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

    /// <summary>What a decoding workload's first step takes.</summary>
    public const int StartToken = 1;

    /// <summary>Of <see cref="TrainingOptimizer.Momentum"/>.</summary>
    public const double Momentum = 0.9;

    /// <summary>Where a file holds NetGen's weights already, for a network that only predicts; otherwise null.</summary>
    public string? WeightsFile { get; init; }

    public double LearningRate { get; init; } = TimedLearningRate;

    public WeightSet Weights { get; } = new(Workload.Layers);

    /// <summary>For each input of the network its values, sample by sample: uniform in [-1, 1), or tokens.</summary>
    public IReadOnlyList<float[]> Inputs { get; } =
    [
        .. Workload.Inputs.Select((input, index) => input.Tokens > 0
            ? Array.ConvertAll(Classes(7 + index, Batch * input.Size, input.Tokens), token => (float)token)
            : Uniform(7 + index, Batch * input.Size, -1)),
    ];

    /// <summary>The shapes of the inputs in the peers' layout.</summary>
    public IReadOnlyList<long[]> PeerInputShapes => [.. Workload.Inputs.Select(input => PeerShape(input.OutputShape))];

    /// <summary>The inputs in the peers' layout: maps channels first, sequences of recurrent networks time first.</summary>
    public IReadOnlyList<float[]> PeerInputs => [.. Workload.Inputs.Select((input, index) => InPeerLayout(Inputs[index], input.OutputShape))];

    /// <summary>The shape of the output in the peers' layout.</summary>
    public long[] PeerOutputShape => PeerShape(Workload.OutputShape);

    /// <summary>Elements of the output; of decoding a token for each step.</summary>
    public int OutputCount => Batch * (Workload.IsDecoding ? Workload.OutputShape[0] : Workload.OutputShape.Aggregate((a, b) => a * b));

    /// <summary>Targets of <see cref="TrainingLoss.MeanSquaredError"/>, uniform in [0, 1).</summary>
    public float[] Targets { get; } = Uniform(3, Batch * Workload.OutputShape.Aggregate(1, (a, b) => a * b), 0);

    /// <summary>Labels of <see cref="TrainingLoss.SparseCategoricalCrossentropy"/>.</summary>
    public int[] Labels { get; } = Classes(5, Batch, Workload.OutputShape[^1]);

    /// <summary>The targets in the peers' layout.</summary>
    public float[] PeerTargets => InPeerLayout(Targets, Workload.OutputShape);

    /// <summary>A peer's output sample by sample.</summary>
    public float[] FromPeer(float[] output) => IsTimeFirst(Workload.OutputShape)
        ? Turned(output, Workload.OutputShape[0], Batch, Workload.OutputShape[1])
        : output;

    private bool IsTimeFirst(int[] shape) => shape.Length == 2 && Workload.IsRecurrent;

    private long[] PeerShape(int[] shape) => shape switch
    {
        [var height, var width, var channels] => [Batch, channels, height, width],
        [var time, var features] when IsTimeFirst(shape) => [time, Batch, features],
        _ => [Batch, .. shape],
    };

    private float[] InPeerLayout(float[] values, int[] shape) => shape switch
    {
        [var height, var width, var channels] => ChannelsFirst.Of(values, height * width, channels),
        [var time, var features] when IsTimeFirst(shape) => Turned(values, Batch, time, features),
        _ => values,
    };

    /// <summary>(outer, inner, size) as (inner, outer, size).</summary>
    private static float[] Turned(float[] values, int outer, int inner, int size)
    {
        var result = new float[values.Length];
        for (int i = 0; i < outer; i++)
            for (int j = 0; j < inner; j++) Array.Copy(values, ((i * inner) + j) * size, result, ((j * outer) + i) * size, size);
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
