namespace NetGen.Benchmarks;

/// <summary>
/// What a user calls: the generated Predict. Each network has its own class, so that nothing stands between the step and that call.
/// </summary>
internal abstract class NetGenInference(Setup setup) : IContestant
{
    public ReadOnlySpan<float> Output => Y;

    protected float[] X { get; } = setup.Inputs[0];

    protected float[] Y { get; } = new float[setup.OutputCount];

    protected int Threads { get; } = setup.Threads;

    public abstract void Step();

    public void Dispose()
    {
        // The network's memory goes with its last reference.
    }
}
