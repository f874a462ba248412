namespace NetGen.Samples;

/// <summary>How hard drawn digits are to read.</summary>
/// <param name="Wobble">How far the points of a stroke stray, in parts of the digit's size.</param>
/// <param name="Noise">By how much a pixel is off at most.</param>
/// <param name="Scratches">How many lines of such a pen there are that belong to no digit.</param>
internal sealed record DigitStyle(float Wobble, float Noise, int Scratches)
{
    /// <summary>Written with care.</summary>
    public static readonly DigitStyle Clean = new(Wobble: 0.02f, Noise: 40, Scratches: 0);

    /// <summary>Shaky, and with a scratch somewhere across.</summary>
    public static readonly DigitStyle Poor = new(Wobble: 0.03f, Noise: 50, Scratches: 1);
}
