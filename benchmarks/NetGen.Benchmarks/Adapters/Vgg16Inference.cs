namespace NetGen.Benchmarks;

/// <inheritdoc/>
internal sealed class Vgg16Inference(Vgg16 model, Setup setup) : NetGenInference(setup)
{
    /// <inheritdoc/>
    public override void Step() => model.Predict(X, Y, Threads);
}
