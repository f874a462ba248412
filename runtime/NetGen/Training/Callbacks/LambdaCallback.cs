namespace NetGen;

/// <summary>Calls functions (Keras's <c>LambdaCallback</c>).</summary>
public sealed class LambdaCallback : Callback
{
    /// <summary>Called before the first epoch.</summary>
    public Action? TrainBegin { get; init; }

    /// <summary>Called after the last epoch.</summary>
    public Action? TrainEnd { get; init; }

    /// <summary>Called before an epoch with its number.</summary>
    public Action<int>? EpochBegin { get; init; }

    /// <summary>Called after an epoch with its number and results.</summary>
    public Action<int, Logs>? EpochEnd { get; init; }

    /// <summary>Called before a batch with its number.</summary>
    public Action<int>? BatchBegin { get; init; }

    /// <summary>Called after a batch with its number and the results so far.</summary>
    public Action<int, Logs>? BatchEnd { get; init; }

    /// <summary>Called before an evaluation.</summary>
    public Action? TestBegin { get; init; }

    /// <summary>Called after an evaluation.</summary>
    public Action? TestEnd { get; init; }

    /// <summary>Called before a prediction of the trainer.</summary>
    public Action? PredictBegin { get; init; }

    /// <summary>Called after a prediction of the trainer.</summary>
    public Action? PredictEnd { get; init; }

    internal override bool MayReport(string name) => true;

    /// <inheritdoc/>
    public override void OnTrainBegin() => TrainBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainEnd() => TrainEnd?.Invoke();

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => EpochBegin?.Invoke(epoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => EpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnBatchBegin(int batch) => BatchBegin?.Invoke(batch);

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, Logs logs) => BatchEnd?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnTestBegin() => TestBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnTestEnd() => TestEnd?.Invoke();

    /// <inheritdoc/>
    public override void OnPredictBegin() => PredictBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnPredictEnd() => PredictEnd?.Invoke();
}
