namespace NetGen;

/// <summary>Stops training when the loss is NaN or infinite (Keras's <c>TerminateOnNaN</c>).</summary>
public sealed class TerminateOnNaN : Callback
{
    /// <summary>The batch, within its epoch, after which training was stopped, or null where it was not.</summary>
    public int? StoppedBatch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin() => StoppedBatch = null;

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, Logs logs)
    {
        if (double.IsFinite(logs["loss"])) return;
        StoppedBatch = batch;
        Trainer.StopTraining = true;
    }
}
