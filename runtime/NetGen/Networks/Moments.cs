using System.Globalization;

namespace NetGen;

/// <summary>
/// Mean and variance of samples for each position of some axes, in double, by Welford's update (1962), which keeps the precision of a second pass. The variance is that
/// of the population, divided by n, as in Keras's <c>Normalization.adapt</c>.
/// </summary>
internal sealed class Moments
{
    private readonly int[] positions;
    private readonly double[] means;
    private readonly double[] squares;
    private readonly long[] counts;

    /// <param name="shape">The shape of one sample.</param>
    /// <param name="axes">The axes whose positions are kept apart, in ascending order.</param>
    public Moments(ReadOnlySpan<int> shape, ReadOnlySpan<int> axes)
    {
        (int size, int kept) = (1, 1);
        foreach (int length in shape) size *= length;
        foreach (int axis in axes) kept *= shape[axis];
        this.positions = new int[size];
        (this.means, this.squares, this.counts) = (new double[kept], new double[kept], new long[kept]);
        for (int i = 0; i < this.positions.Length; i++)
        {
            int rest = i, stride = 1;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                if (axes.Contains(axis))
                {
                    this.positions[i] += rest % shape[axis] * stride;
                    stride *= shape[axis];
                }

                rest /= shape[axis];
            }
        }
    }

    /// <summary>Elements of one sample.</summary>
    public int SampleSize => this.positions.Length;

    /// <summary>The mean of each position.</summary>
    public float[] Mean => Array.ConvertAll(this.means, mean => (float)mean);

    /// <summary>The variance of each position.</summary>
    public float[] Variance => [.. this.squares.Select((square, i) => (float)(square / this.counts[i]))];

    /// <summary>Takes a sample in.</summary>
    /// <param name="sample">Its elements.</param>
    /// <param name="index">Its number, for messages.</param>
    /// <exception cref="InvalidDataException">An element is not finite.</exception>
    public void Add(ReadOnlySpan<float> sample, int index)
    {
        for (int i = 0; i < sample.Length; i++)
        {
            if (!float.IsFinite(sample[i]))
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"The data hold {sample[i]} in sample {index}, element {i}; a finite number is expected."));
            }

            int at = this.positions[i];
            double difference = sample[i] - this.means[at];
            this.means[at] += difference / ++this.counts[at];
            this.squares[at] += difference * (sample[i] - this.means[at]);
        }
    }
}
