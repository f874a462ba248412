namespace NetGen;

/// <summary>
/// Trains a network: what to make small, how, and what to report meanwhile. Names, defaults and the meaning of every number follow Keras 3. A trainer is used by
/// one thread at a time; <c>Predict</c> of its network may be called by any thread meanwhile.
/// </summary>
/// <remarks>
/// The same data, settings and seed give the same weights bit for bit, from run to run and for any number of threads, on one kind of processor.
/// </remarks>
public abstract partial class Trainer
{
    private readonly Network network;
    private TrainingEngine? engine;
    private ulong seed;

    private protected Trainer(Network network)
    {
        ArgumentNullException.ThrowIfNull(network, "model");
        this.network = network;
    }

    /// <summary>How weights follow their gradients; RMSprop unless set, as in Keras.</summary>
    public Optimizer Optimizer { get; init; } = new RMSprop();

    /// <summary>The loss of every output that <see cref="OutputLosses"/> does not name.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The losses of outputs by their names, each with its factor in the total. An output without a loss does not train the network.</summary>
    public IDictionary<string, (Loss Loss, double Weight)> OutputLosses { get; init; } = new Dictionary<string, (Loss, double)>(StringComparer.Ordinal);

    /// <summary>What to report of every output that <see cref="OutputMetrics"/> does not name. Sample weights do not enter.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>What to report of outputs by their names. Sample weights do not enter.</summary>
    public IDictionary<string, IReadOnlyList<Metric>> OutputMetrics { get; init; } = new Dictionary<string, IReadOnlyList<Metric>>(StringComparer.Ordinal);

    /// <summary>What to report of every output with regard to sample weights and class weights.</summary>
    public IReadOnlyList<Metric> WeightedMetrics { get; init; } = [];

    /// <summary>What to call while training, in this order; those of type <see cref="ModelCheckpoint"/> and then <see cref="BackupAndRestore"/> come last, so that they save what the others have decided.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>The key of the order of samples and of dropout.</summary>
    public ulong Seed
    {
        get => seed;
        init => seed = value;
    }

    /// <summary>The most threads that share the work of a batch; null (the default) for all processors. Small steps take one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Threads
    {
        get;
        init
        {
            if (value is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads));
            field = value;
        }
    }

    /// <summary>
    /// The most memory, in bytes, in which <see cref="Fit"/> keeps what the part that starts frozen makes of each sample, so that it is computed once and not in each epoch; 1 GiB
    /// unless set, 0 for none. What does not fit is computed anew.
    /// </summary>
    /// <remarks>
    /// It is done where it cannot be told from computing anew, in bits: the part's names carry <c>Trainable = false</c> on the tape and are frozen, nothing random stands in it or before it, and the
    /// data set says that samples are the same in each epoch (<see cref="IDataSource.RepeatsInputs"/>). It begins anew when weights are loaded or set, and ends with Fit.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long FeatureMemory
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(FeatureMemory));
            field = value;
        }
    } = 1L << 30;

    /// <summary>The network that is trained.</summary>
    public Network Network => network;

    /// <summary>The learning rate of the next step. Setting it replaces the optimizer's number from then on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0, negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate follows a schedule.</exception>
    public double LearningRate
    {
        get => Engine.Update.State.LearningRate;
        set => Engine.Update.State.LearningRate = value;
    }

    /// <summary>The number of steps that the optimizer has made.</summary>
    public long Iterations => Engine.Update.State.Iterations;

    /// <summary>The number of finished epochs of the present or last run.</summary>
    public int Epoch { get; private set; }

    /// <summary>What the present or last run has reported.</summary>
    public History History { get; private set; } = new();

    /// <summary>Set by a callback to end training after the present batch or epoch.</summary>
    public bool StopTraining { get; set; }

    /// <summary>The program of a step, for tests of what it does.</summary>
    internal TrainingStep Step => Engine.Step;

    private TrainingEngine Engine => engine ??= Compile();

    private int MostThreads => Threads ?? Team.Shared.Size;

    private protected abstract TrainingProgram? CreateProgram();

    /// <summary>Which way a result gets better, by its name.</summary>
    internal MetricDirection DirectionOf(string result)
    {
        string name = result.StartsWith("val_", StringComparison.Ordinal) ? result[4..] : result;
        if (name == "loss") return MetricDirection.Minimize;
        foreach (OutputHead head in Engine.Heads)
        {
            string prefix = Engine.Heads.Length == 1 ? "" : $"{head.Info.Name}_";
            if (prefix.Length > 0 && name == prefix + "loss") return MetricDirection.Minimize;
            Metric? metric = Array.Find(head.Metrics, metric => name == prefix + metric.Name || IsNumbered(name, prefix + metric.Name));
            if (metric is not null) return metric.Direction;
        }

        return MetricDirection.Unknown;
    }

    /// <summary>Whether a name is that of a metric with several results, of which it is one.</summary>
    private static bool IsNumbered(string name, string metric) =>
        name.Length > metric.Length + 1 && name.StartsWith(metric, StringComparison.Ordinal) && name[metric.Length] == '_' && name.AsSpan(metric.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    private TrainingEngine Compile()
    {
        ArgumentNullException.ThrowIfNull(Optimizer);
        TrainingProgram program = CreateProgram()
            ?? throw new InvalidOperationException($"{network.Definition.Name} was compiled without training: its [Network] attribute says Training = false.");
        OutputInfo[] outputs = network.Definition.Outputs;
        CheckNames(OutputLosses.Keys, nameof(OutputLosses));
        CheckNames(OutputMetrics.Keys, nameof(OutputMetrics));
        OutputHead[] heads = Array.ConvertAll(outputs, HeadOf);
        if (!Array.Exists(heads, head => head.Loss is not null))
            throw new InvalidOperationException($"The trainer of {network.Definition.Name} has no loss; set {nameof(Loss)} or {nameof(OutputLosses)}.");
        return new TrainingEngine(network, program, Optimizer, heads);
    }

    private OutputHead HeadOf(OutputInfo output)
    {
        (Loss? loss, double weight) = OutputLosses.TryGetValue(output.Name, out (Loss Loss, double Weight) own) ? own : (Loss, 1);
        if (!double.IsFinite(weight))
            throw new InvalidOperationException($"{nameof(OutputLosses)}: the weight of '{output.Name}' is {Arguments.Format(weight)}; a finite number is expected.");
        IReadOnlyList<Metric> metrics = OutputMetrics.TryGetValue(output.Name, out IReadOnlyList<Metric>? list) ? list : Metrics;
        return new OutputHead(output, loss, weight, [.. metrics], [.. WeightedMetrics]);
    }

    private void CheckNames(IEnumerable<string> names, string property)
    {
        string[] outputs = Array.ConvertAll(network.Definition.Outputs, output => output.Name);
        foreach (string name in names)
        {
            if (!outputs.Contains(name))
                throw new InvalidOperationException($"{property}: {network.Definition.Name} has no output '{name}'. Its outputs: {string.Join(", ", outputs)}.");
        }
    }
}
