namespace NetGen.Benchmarks;

/// <inheritdoc/>
internal sealed class MlpWideInference(MlpWide model, Setup setup) : NetGenInference(setup)
{
    /// <inheritdoc/>
    public override void Step() => model.Predict(X, Y, Threads);
}
