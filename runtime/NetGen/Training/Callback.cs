namespace NetGen;

/// <summary>What happens beside training: derive from it, override what is needed, and list it in <see cref="Trainer.Callbacks"/>.</summary>
/// <remarks>Epochs and batches count from 0. A callback belongs to one trainer at a time.</remarks>
public abstract class Callback
{
    private Trainer? trainer;

    /// <summary>The trainer that calls.</summary>
    /// <exception cref="InvalidOperationException">It was not called yet.</exception>
    public Trainer Trainer
    {
        get => trainer ?? throw new InvalidOperationException($"{GetType().Name} is not in use: no training has begun.");
        internal set => trainer = value;
    }

    /// <summary>The run that is under way: its epochs, its batch size, its number of steps.</summary>
    protected internal FitInfo Run { get; internal set; } = FitInfo.None;

    /// <summary>Weights that a checkpoint must keep for the callback, in the layout of the network's; null where there are none.</summary>
    internal virtual NativeBuffer? KeptWeights
    {
        get => null;
        set { }
    }

    /// <summary>Whether the callback may add a result of a name to the logs; of one that is not NetGen's own, it is not known.</summary>
    internal virtual bool MayReport(string name) => GetType().Assembly != typeof(Callback).Assembly;

    /// <summary>Before the first epoch.</summary>
    public virtual void OnTrainBegin()
    {
    }

    /// <summary>After the last epoch, also of a run that a callback stopped.</summary>
    public virtual void OnTrainEnd()
    {
    }

    /// <summary>In place of <see cref="OnTrainEnd"/> where an exception or a cancellation ends the run; the weights are those of the last whole step.</summary>
    public virtual void OnTrainInterrupted()
    {
    }

    /// <summary>Before an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    public virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="logs">Its results; a callback may add some.</param>
    public virtual void OnEpochEnd(int epoch, Logs logs)
    {
    }

    /// <summary>Before a batch is trained on.</summary>
    /// <param name="batch">The batch within the epoch.</param>
    public virtual void OnBatchBegin(int batch)
    {
    }

    /// <summary>After a batch was trained on.</summary>
    /// <param name="batch">The batch within the epoch.</param>
    /// <param name="logs">The results of the epoch so far.</param>
    public virtual void OnBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Before an evaluation: the validation behind an epoch, or <see cref="NetGen.Trainer.Evaluate(IDataSource, int, CancellationToken)"/>.</summary>
    public virtual void OnTestBegin()
    {
    }

    /// <summary>After an evaluation, also where an exception or a cancellation ends it.</summary>
    public virtual void OnTestEnd()
    {
    }

    /// <summary>Before <see cref="NetGen.Trainer.Predict"/> and <see cref="NetGen.Trainer.PredictOutputs"/>.</summary>
    public virtual void OnPredictBegin()
    {
    }

    /// <summary>After a prediction, also where an exception or a cancellation ends it.</summary>
    public virtual void OnPredictEnd()
    {
    }

    /// <summary>What a checkpoint keeps of the callback, so that a resumed run goes on as it would have.</summary>
    /// <param name="state">Receives texts by names of the callback's choice.</param>
    protected internal virtual void SaveState(IDictionary<string, string> state)
    {
    }

    /// <summary>Takes the state of a checkpoint over; called after <see cref="OnTrainBegin"/>.</summary>
    /// <param name="state">What <see cref="SaveState"/> has given.</param>
    protected internal virtual void LoadState(IReadOnlyDictionary<string, string> state)
    {
    }
}
