namespace NetGen;

/// <summary>
/// Has the moving averages of the weights in their place while the trainer evaluates and predicts (Keras's <c>SwapEMAWeights</c>), and the weights back for training. The optimizer, or one of
/// <see cref="NetGen.Trainer.BlockOptimizers"/>, has <see cref="Optimizer.UseEma"/>; the parts of others keep their weights.
/// </summary>
/// <remarks>
/// They are exchanged in place, so that nothing is copied; what is set from outside while the averages are in is exchanged with them. <see cref="NetGen.Network"/>'s own <c>Predict</c> calls no callbacks.
/// </remarks>
/// <param name="swapOnEpoch">
/// Whether the averages are in place from the end of each epoch to the start of the next, too, for callbacks such as <see cref="ModelCheckpoint"/>, whose file then has them as its weights. Callbacks that
/// want the weights themselves stand before this one.
/// </param>
public sealed class SwapEMAWeights(bool swapOnEpoch = false) : Callback
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No optimizer keeps moving averages.</exception>
    public override void OnTrainBegin() => Trainer.CheckAverages();

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        if (swapOnEpoch) Trainer.UseAverages(false);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (swapOnEpoch) Trainer.UseAverages(true);
    }

    /// <inheritdoc/>
    public override void OnTestBegin() => Trainer.UseAverages(true);

    /// <inheritdoc/>
    public override void OnTestEnd() => Trainer.UseAverages(false);

    /// <inheritdoc/>
    public override void OnPredictBegin() => Trainer.UseAverages(true);

    /// <inheritdoc/>
    public override void OnPredictEnd() => Trainer.UseAverages(false);
}
