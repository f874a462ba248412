namespace NetGen.Benchmarks;

/// <inheritdoc/>
internal sealed class Resnet50Inference(Resnet50 model, Setup setup) : NetGenInference(setup)
{
    /// <inheritdoc/>
    public override void Step() => model.Predict(X, Y, Threads);
}
