namespace NetGen;

/// <summary>
/// A rectangle of each image replaced by that of another one of its batch, and the label by its area. Yun et al.: "CutMix: regularization strategy to train strong classifiers with
/// localizable features", 2019; as Keras's CutMix.
/// </summary>
internal sealed class CutMixSource : MixingSource
{
    private readonly double lower;
    private readonly double upper;
    private readonly int height;
    private readonly int width;

    public CutMixSource(IDataSource source, (double Lower, double Upper) factor, ulong seed)
        : base(source, seed, "CutMix")
    {
        (lower, upper) = factor.Lower >= 0 && factor.Lower <= factor.Upper && factor.Upper <= 1 ? factor
            : throw new ArgumentOutOfRangeException(nameof(factor), factor, "Numbers from 0 to 1 are expected, the lower one first.");
        foreach (TensorInfo info in source.Inputs)
        {
            if (info.Shape.Length != 3 || !info.Shape[..2].SequenceEqual(source.Inputs[0].Shape[..2]))
                throw new ArgumentException($"CutMix takes images (height, width, channels), all of one size; the input '{info.Name}' has the shape {TensorInfo.FormatShape(info.Shape)}.", nameof(source));
        }

        (height, width) = (source.Inputs[0].Shape[0], source.Inputs[0].Shape[1]);
    }

    protected override void Draw(ref MixingDraws draws, Span<SampleMix> mixes)
    {
        // Keras keeps the parameter of the distribution off 0.
        double alpha = lower + (draws.Uniform() * (upper - lower)) + 1e-6;
        for (int i = 0; i < mixes.Length; i++)
        {
            double side = Math.Sqrt(1 - draws.Beta(alpha));
            double left = draws.Uniform() * (width - (side * width)), top = draws.Uniform() * (height - (side * height));
            double right = left + (side * width), bottom = top + (side * height);
            mixes[i] = new SampleMix(1 - ((right - left) * (bottom - top) / ((double)width * height)), top, bottom, left, right);
        }
    }

    protected override void MixInput(SampleMix mix, ReadOnlySpan<int> shape, ReadOnlySpan<float> own, ReadOnlySpan<float> other, Span<float> destination)
    {
        own.CopyTo(destination);
        int channels = shape[2], first = (int)Math.Ceiling(mix.Left), end = (int)Math.Ceiling(mix.Right);
        for (int row = (int)Math.Ceiling(mix.Top); row < mix.Bottom && row < height; row++)
        {
            int start = ((row * width) + first) * channels, count = (Math.Min(end, width) - first) * channels;
            if (count > 0) other.Slice(start, count).CopyTo(destination[start..]);
        }
    }

    /// <summary>A target that is a map of the images' size is cut as they are.</summary>
    protected override void MixTarget(SampleMix mix, ReadOnlySpan<int> shape, ReadOnlySpan<float> own, ReadOnlySpan<float> other, Span<float> destination)
    {
        if (shape.Length == 3 && shape[0] == height && shape[1] == width) MixInput(mix, shape, own, other, destination);
        else base.MixTarget(mix, shape, own, other, destination);
    }
}
