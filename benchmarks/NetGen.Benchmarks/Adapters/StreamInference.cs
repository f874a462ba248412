namespace NetGen.Benchmarks;

/// <summary>A network that takes one step in each call.</summary>
internal sealed class StreamInference(InferenceStream stream, Setup setup) : NetGenInference(setup)
{
    /// <inheritdoc/>
    public override void Step() => stream.Step(X, Y);
}
