namespace NetGen;

/// <summary>
/// Saves the network after epochs or batches (Keras's <c>ModelCheckpoint</c>): as a checkpoint from which training can go on, or its weights alone. It is called
/// behind all other callbacks, so that it saves what they have decided.
/// </summary>
public sealed class ModelCheckpoint : Callback
{
    private readonly CheckpointPath path;
    private readonly WatchedResult watched;
    private readonly bool saveBestOnly;
    private readonly bool saveWeightsOnly;
    private readonly EveryBatches batches;
    private double? best;
    private int epoch;

    /// <summary>Saves the network after epochs or batches.</summary>
    /// <param name="path">The file, whose folder is made where it is not there; it may have places for the epoch (from 1), the batch and results, such as <c>{epoch:00}</c> and <c>{val_loss:0.000}</c>.</param>
    /// <param name="monitor">The result that <paramref name="saveBestOnly"/> goes by.</param>
    /// <param name="saveBestOnly">Whether to save only when the result is the best so far.</param>
    /// <param name="saveWeightsOnly">Whether to save the weights alone, as <see cref="Network.Save"/> does.</param>
    /// <param name="mode">Which way the result gets better.</param>
    /// <param name="saveFreq">After how many batches to save, counted over epochs; null saves after every epoch.</param>
    /// <param name="initialValueThreshold">What the first result must be better than to be saved, or null.</param>
    /// <exception cref="ArgumentException">The path is not well-formed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="saveFreq"/> is below 1.</exception>
    public ModelCheckpoint(
        string path,
        string monitor = "val_loss",
        bool saveBestOnly = false,
        bool saveWeightsOnly = false,
        MonitorMode mode = MonitorMode.Auto,
        int? saveFreq = null,
        double? initialValueThreshold = null)
    {
        batches = new EveryBatches(saveFreq, nameof(saveFreq));
        this.path = new CheckpointPath(path);
        watched = new WatchedResult(nameof(ModelCheckpoint), monitor, mode, 0);
        this.saveBestOnly = saveBestOnly;
        this.saveWeightsOnly = saveWeightsOnly;
        best = initialValueThreshold;
    }

    /// <summary>The file that was saved last, or null.</summary>
    public string? LastPath { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        path.Check(this, isEpoch: !batches.IsSet);
        if (saveBestOnly) watched.Check(this, isEpoch: !batches.IsSet);
        // A folder that cannot be made is told before the work whose result it is for.
        if (Path.GetDirectoryName(path.Start) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => this.epoch = epoch;

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, Logs logs)
    {
        if (batches.IsDue()) Save(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (!batches.IsSet) Save(null, logs);
    }

    /// <inheritdoc/>
    protected internal override void SaveState(IDictionary<string, string> state)
    {
        if (best is { } value) CallbackState.Write(state, "best", value);
        batches.Save(state);
    }

    /// <inheritdoc/>
    protected internal override void LoadState(IReadOnlyDictionary<string, string> state)
    {
        best = CallbackState.Read(state, "best") ?? best;
        batches.Load(state);
    }

    private void Save(int? batch, Logs logs)
    {
        if (saveBestOnly)
        {
            double current = watched.ValueIn(logs);
            if (best is { } reference && !watched.IsBetter(current, reference, Trainer)) return;
            best = current;
        }

        string file = path.For(epoch, batch, logs);
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        if (saveWeightsOnly) Trainer.Network.Save(file);
        else Trainer.SaveCheckpoint(file);
        LastPath = file;
    }
}
