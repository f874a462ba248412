namespace NetGen.Benchmarks;

/// <summary>The generated Decode, which writes as many tokens as there is room for.</summary>
internal sealed class Seq2SeqDecoding(Seq2SeqDecode model, Setup setup) : IContestant
{
    private readonly DecodeOptions options = new() { Start = Setup.StartToken };
    private readonly float[] source = setup.Inputs[0];
    private readonly int[] written = new int[setup.OutputCount];

    /// <inheritdoc/>
    public ReadOnlySpan<float> Output => Array.ConvertAll(written, token => (float)token);

    /// <inheritdoc/>
    public void Step() => model.Decode(source, written, options);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The network's memory goes with its last reference.
    }
}
