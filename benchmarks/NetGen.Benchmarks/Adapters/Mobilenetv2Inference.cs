namespace NetGen.Benchmarks;

/// <inheritdoc/>
internal sealed class Mobilenetv2Inference(Mobilenetv2 model, Setup setup) : NetGenInference(setup)
{
    /// <inheritdoc/>
    public override void Step() => model.Predict(X, Y, Threads);
}
