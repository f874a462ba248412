namespace NetGen;

/// <summary>Stops training when a result has ceased to improve (Keras's <c>EarlyStopping</c>).</summary>
public sealed class EarlyStopping : Callback
{
    private readonly WatchedResult watched;
    private readonly int patience;
    private readonly double? baseline;
    private readonly bool restoreBestWeights;
    private readonly int startFromEpoch;
    private int wait;
    private double? best;
    private NativeBuffer? bestWeights;

    /// <summary>Stops training when a result has ceased to improve.</summary>
    /// <param name="monitor">The result's name.</param>
    /// <param name="minDelta">By how much it must improve to count.</param>
    /// <param name="patience">How many epochs may pass without improvement.</param>
    /// <param name="mode">Which way it gets better.</param>
    /// <param name="baseline">A value that must be beaten too for the wait to start anew.</param>
    /// <param name="restoreBestWeights">Whether the weights of the best epoch are put back at the end.</param>
    /// <param name="startFromEpoch">The first epoch that counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public EarlyStopping(
        string monitor = "val_loss",
        double minDelta = 0,
        int patience = 0,
        MonitorMode mode = MonitorMode.Auto,
        double? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(startFromEpoch);
        watched = new WatchedResult(nameof(EarlyStopping), monitor, mode, minDelta);
        this.patience = patience;
        this.baseline = baseline;
        this.restoreBestWeights = restoreBestWeights;
        this.startFromEpoch = startFromEpoch;
    }

    /// <summary>The epoch after which training was stopped, or null where it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>The epoch of the best result.</summary>
    public int BestEpoch { get; private set; }

    internal override NativeBuffer? KeptWeights
    {
        get => bestWeights;
        set => bestWeights = value;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        watched.Check(this);
        wait = 0;
        best = null;
        bestWeights = null;
        BestEpoch = 0;
        StoppedEpoch = null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        double current = watched.ValueIn(logs);
        if (epoch < startFromEpoch) return;

        // Without any progress the first weights count as the best.
        if (restoreBestWeights && bestWeights is null) Keep(epoch);
        wait++;
        if (best is null || watched.IsBetter(current, best.Value, Trainer))
        {
            best = current;
            Keep(epoch);
            if (baseline is null || watched.IsBetter(current, baseline.Value, Trainer)) wait = 0;
            return;
        }

        if (wait < patience || epoch == 0) return;
        StoppedEpoch = epoch;
        Trainer.StopTraining = true;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd()
    {
        if (bestWeights is not null) Trainer.Network.Adopt(bestWeights, Trainer.Network.Definition.Parameters);
    }

    /// <inheritdoc/>
    protected internal override void SaveState(IDictionary<string, string> state)
    {
        CallbackState.Write(state, "wait", wait);
        CallbackState.Write(state, "best_epoch", BestEpoch);
        if (best is { } value) CallbackState.Write(state, "best", value);
        if (StoppedEpoch is { } stopped) CallbackState.Write(state, "stopped_epoch", stopped);
    }

    /// <inheritdoc/>
    protected internal override void LoadState(IReadOnlyDictionary<string, string> state)
    {
        wait = (int)(CallbackState.Read(state, "wait") ?? 0);
        BestEpoch = (int)(CallbackState.Read(state, "best_epoch") ?? 0);
        best = CallbackState.Read(state, "best");

        // A run that had come to its end has only that end left, unless it is given more patience now.
        if (wait < patience) return;
        StoppedEpoch = (int?)CallbackState.Read(state, "stopped_epoch");
        Trainer.StopTraining |= StoppedEpoch is not null;
    }

    private void Keep(int epoch)
    {
        BestEpoch = epoch;
        if (!restoreBestWeights) return;
        bestWeights ??= new NativeBuffer(Trainer.Network.Definition.WeightsLength);
        Trainer.Network.Weights.CopyTo(bestWeights);
    }
}
