namespace NetGen.Benchmarks;

/// <inheritdoc/>
internal sealed class SqueezenetInference(Squeezenet model, Setup setup) : NetGenInference(setup)
{
    /// <inheritdoc/>
    public override void Step() => model.Predict(X, Y, Threads);
}
