namespace NetGen.Benchmarks;

/// <inheritdoc/>
internal sealed class Resnet20CifarInference(Resnet20Cifar model, Setup setup) : NetGenInference(setup)
{
    /// <inheritdoc/>
    public override void Step() => model.Predict(X, Y, Threads);
}
