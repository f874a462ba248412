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

    // The thread that is in a call, by its number; 0 for none.
    private int user;

    private protected Trainer(Network network)
    {
        ArgumentNullException.ThrowIfNull(network, "model");
        this.network = network;
    }

    /// <summary>How weights follow their gradients; RMSprop unless set, as in Keras.</summary>
    public Optimizer Optimizer { get; init; } = new RMSprop();

    /// <summary>
    /// Optimizers of parts of the network by their names on the tape, such as <c>base</c>; <see cref="Optimizer"/> moves what is in none of them. Of two parts of which one lies in the other, the inner
    /// one counts. It is what Keras's <c>MultiOptimizer</c> is for.
    /// </summary>
    /// <remarks>
    /// Each has a learning rate (<see cref="GetLearningRate"/>), decay, clipping (also by the common norm of its part), averages and accumulation of its own; only the scale of the loss is that of
    /// <see cref="Optimizer"/>. <see cref="LearningRateScheduler"/> and <see cref="ReduceLROnPlateau"/> change all rates that no schedule governs, each from its own value, and report them as
    /// <c>learning_rate_base</c>. A part that is frozen waits with its optimizer's state, and factors such as <c>model["base"].LearningRateScale</c> count on top.
    /// </remarks>
    public IDictionary<string, Optimizer> BlockOptimizers { get; init; } = new Dictionary<string, Optimizer>(StringComparer.Ordinal);

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

    /// <summary>What to call while training, evaluating and predicting, in this order; those of type <see cref="ModelCheckpoint"/> and then <see cref="BackupAndRestore"/> come last, so that they save what the others have decided.</summary>
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

    /// <summary>The learning rate of the next step, of what no block's optimizer moves. Setting it replaces the optimizer's number from then on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate follows a schedule.</exception>
    public double LearningRate
    {
        get => Engine.Update.State.LearningRate;
        set => Engine.Update.State.LearningRate = value;
    }

    /// <summary>The number of steps that the optimizer has made; those of several batches, where it accumulates gradients, count once.</summary>
    public long Iterations => Engine.Update.State.Iterations;

    /// <summary>The learning rate of the next step of a part with an optimizer of its own.</summary>
    /// <param name="block">A name of <see cref="BlockOptimizers"/>.</param>
    /// <exception cref="ArgumentException">There is no optimizer of this name.</exception>
    public double GetLearningRate(string block) => GroupOf(block).State.LearningRate;

    /// <summary>Replaces the learning rate of a part with an optimizer of its own, from the next step on.</summary>
    /// <param name="block">A name of <see cref="BlockOptimizers"/>.</param>
    /// <param name="learningRate">A finite number that is not negative.</param>
    /// <exception cref="ArgumentException">There is no optimizer of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's learning rate follows a schedule.</exception>
    public void SetLearningRate(string block, double learningRate) => GroupOf(block).State.LearningRate = learningRate;

    /// <summary>
    /// Puts the weights in place that an optimizer such as <see cref="ScheduleFreeAdamW"/> evaluates with, for evaluating, predicting and saving. Nothing happens where they are there. The next step of
    /// training begins with <see cref="SwapToTrain"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">No optimizer has such weights, or the weights hold their moving averages (<see cref="SwapEMAWeights"/>).</exception>
    public void SwapToEval() => SwapEvaluation(true);

    /// <summary>Puts the weights in place that <see cref="SwapToEval"/> has replaced, but for the rounding of its arithmetic. Nothing happens where they are there.</summary>
    /// <exception cref="InvalidOperationException">No optimizer has such weights.</exception>
    public void SwapToTrain() => SwapEvaluation(false);

    /// <summary>The number of finished epochs of the present or last run.</summary>
    public int Epoch { get; private set; }

    /// <summary>What the present or last run has reported.</summary>
    public History History { get; private set; } = new();

    /// <summary>Set by a callback to end training after the present batch or epoch.</summary>
    public bool StopTraining { get; set; }

    /// <summary>The optimizers with their states: first the one of what no block has.</summary>
    internal OptimizerGroup[] Groups => Engine.Update.Groups;

    /// <summary>Those whose learning rate can be set; where there are none, the first, whose rate tells why not.</summary>
    internal IEnumerable<OptimizerGroup> FreeGroups => Array.Exists(Groups, group => group.IsRateFree) ? Groups.Where(group => group.IsRateFree) : Groups.Take(1);

    /// <summary>The number of batches that were trained on.</summary>
    internal long BatchesTrained => Engine.Update.State.Batches;

    /// <summary>The program of a step, for tests of what it does.</summary>
    internal TrainingStep Step => Engine.Step;

    private TrainingEngine Engine => engine ??= Compile();

    /// <summary>The same for what needs a loss.</summary>
    /// <exception cref="InvalidOperationException">The trainer has none.</exception>
    private TrainingEngine EngineWithLoss => Engine.HasLoss ? Engine
        : throw new InvalidOperationException($"The trainer of {network.Definition.Name} has no loss; set {nameof(Loss)} or {nameof(OutputLosses)}.");

    private int MostThreads => Threads ?? Team.Shared.Size;

    private protected abstract TrainingProgram? CreateProgram();

    /// <summary>What will be reported instead, where a name is that of no result; null where it is one, or where a callback may report it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="run">The run, whose targets the metrics know by now.</param>
    /// <param name="isEpoch">Whether it must be among the results of an epoch, or else among those of a batch.</param>
    /// <param name="reader">The callback that reads it: only those that are called before it can report to it.</param>
    internal string[]? ReportedInsteadOf(string name, FitInfo run, bool isEpoch, Callback reader)
    {
        string[] reported = [.. Engine.Training.Names];
        if (isEpoch && run.HasValidation) reported = [.. reported, .. reported.Select(result => "val_" + result)];
        IEnumerable<Callback> earlier = reader is ModelCheckpoint ? Callbacks : Callbacks.TakeWhile(callback => callback != reader);
        return reported.Contains(name) || (isEpoch && earlier.Any(callback => callback.MayReport(name))) ? null : reported;
    }

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

    /// <summary>Has the moving averages in the weights' place, or the weights themselves.</summary>
    /// <exception cref="InvalidOperationException">No optimizer keeps averages, or the weights are those of <see cref="SwapToEval"/>.</exception>
    internal void UseAverages(bool areIn)
    {
        WeightUpdate update = Engine.Update;
        CheckAverages();
        update.Refresh();
        if (update.IsEvaluating) throw new InvalidOperationException($"The weights are those of {nameof(SwapToEval)}; call {nameof(SwapToTrain)} before their moving averages take their place.");
        if (update.AreAveragesIn != areIn) Engine.Step.ChangeWeights(update.SwapAverages);
    }

    /// <exception cref="InvalidOperationException">No optimizer keeps averages.</exception>
    internal void CheckAverages()
    {
        if (Engine.Update.HasAverages) return;
        throw new InvalidOperationException(
            $"{nameof(SwapEMAWeights)} needs moving averages of the weights: set {nameof(NetGen.Optimizer.UseEma)} of the optimizer, or of one of {nameof(BlockOptimizers)}.");
    }

    private void SwapEvaluation(bool toEval)
    {
        WeightUpdate update = Engine.Update;
        network.CheckHasWeights();
        if (!Array.Exists(update.Groups, group => group.State.Optimizer.HasEvaluationWeights))
            throw new InvalidOperationException($"{Optimizer.GetType().Name} evaluates with the weights of training; an optimizer such as {nameof(ScheduleFreeAdamW)} has others.");
        if (update.AreAveragesIn) throw new InvalidOperationException($"The weights hold their moving averages, where {nameof(SwapEMAWeights)} has put them.");
        update.Refresh();
        if (update.IsEvaluating != toEval) Engine.Step.ChangeWeights(update.SwapEvaluation);
    }

    /// <summary>Keeps other threads out until it is disposed of; a callback may call back.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in a call.</exception>
    private Turn Enter()
    {
        int thread = Environment.CurrentManagedThreadId, owner = Interlocked.CompareExchange(ref user, thread, 0);
        return owner == 0 ? new Turn(this) : owner == thread ? default
            : throw new InvalidOperationException($"Another thread is in a call of this trainer of {network.Definition.Name}; a trainer is used by one thread at a time, while {nameof(Network)}.Predict may be called by any.");
    }

    private OptimizerGroup GroupOf(string block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return Array.Find(Groups, group => group.Block == block)
            ?? throw new ArgumentException($"{nameof(BlockOptimizers)} has no '{block}'. It has: {string.Join(", ", BlockOptimizers.Keys)}.", nameof(block));
    }

    private TrainingEngine Compile()
    {
        ArgumentNullException.ThrowIfNull(Optimizer);
        TrainingProgram program = CreateProgram()
            ?? throw new InvalidOperationException($"{network.Definition.Name} was compiled without training: its [Network] attribute says Training = false.");
        OutputInfo[] outputs = network.Definition.Outputs;
        CheckNames(OutputLosses.Keys, nameof(OutputLosses));
        CheckNames(OutputMetrics.Keys, nameof(OutputMetrics));
        CheckBlocks();
        OutputHead[] heads = Array.ConvertAll(outputs, HeadOf);
        return new TrainingEngine(network, program, Optimizer, BlockOptimizers, heads);
    }

    private OutputHead HeadOf(OutputInfo output)
    {
        (Loss? loss, double weight) = OutputLosses.TryGetValue(output.Name, out (Loss Loss, double Weight) own) ? own : (Loss, 1);
        if (!double.IsFinite(weight))
            throw new InvalidOperationException($"{nameof(OutputLosses)}: the weight of '{output.Name}' is {Arguments.Format(weight)}; a finite number is expected.");
        IReadOnlyList<Metric> metrics = OutputMetrics.TryGetValue(output.Name, out IReadOnlyList<Metric>? list) ? list : Metrics;
        return new OutputHead(output, loss, weight, [.. metrics], [.. WeightedMetrics]) { LossScale = Optimizer.LossScaleFactor ?? 1 };
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

    private void CheckBlocks()
    {
        foreach ((string block, Optimizer optimizer) in BlockOptimizers)
        {
            if (optimizer is null) throw new InvalidOperationException($"{nameof(BlockOptimizers)}: the optimizer of '{block}' is null.");
            if (optimizer.LossScaleFactor is not null)
            {
                throw new InvalidOperationException(
                    $"{nameof(BlockOptimizers)}: the optimizer of '{block}' has a {nameof(NetGen.Optimizer.LossScaleFactor)}; there is one loss, whose scale {nameof(Optimizer)} says.");
            }

            if (network.ProblemOfPart(block) is { } problem) throw new InvalidOperationException($"{nameof(BlockOptimizers)}: {problem}");
        }
    }

    /// <summary>The time of a thread in a call.</summary>
    private readonly struct Turn(Trainer? trainer) : IDisposable
    {
        public void Dispose()
        {
            if (trainer is not null) Volatile.Write(ref trainer.user, 0);
        }
    }
}
