namespace NetGen.Benchmarks;

/// <inheritdoc/>
internal sealed class Seq2SeqInference(Seq2Seq model, Setup setup) : NetGenInference(setup)
{
    private readonly float[] target = setup.Inputs[1];

    /// <inheritdoc/>
    public override void Step() => model.Predict(X, target, Y, Threads);
}
