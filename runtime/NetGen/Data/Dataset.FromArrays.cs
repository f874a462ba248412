namespace NetGen;

/// <content>Data sets of one input and one target, from arrays, spans and files.</content>
public sealed partial class Dataset
{
    /// <summary>Makes a data set without targets, to predict from, of a float array, which is referred to and not copied.</summary>
    /// <param name="x">The inputs one after the other, each row-major.</param>
    /// <param name="inputShape">The shape of one input, for example [28, 28, 1].</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, or the length does not fit the shape.</exception>
    public static Dataset FromArrays(float[] x, int[] inputShape) => new([TensorColumn.FromFloats(DefaultInput, x, inputShape)], []);

    /// <summary>Makes a data set without targets, to predict from, of a table with a row per sample, which is copied.</summary>
    /// <param name="x">The inputs, each of shape (columns,).</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static Dataset FromArrays(float[,] x) => new([TensorColumn.FromRows(DefaultInput, x)], []);

    /// <summary>Makes a data set without targets, to predict from, of one array per sample, which are copied.</summary>
    /// <param name="x">The inputs, all of one length.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, or a length does not fit.</exception>
    public static Dataset FromArrays(float[][] x) => new([TensorColumn.FromRows(DefaultInput, x)], []);

    /// <summary>Makes a data set of float arrays, which are referred to and not copied.</summary>
    /// <param name="x">The inputs one after the other, each row-major.</param>
    /// <param name="inputShape">The shape of one input, for example [28, 28, 1].</param>
    /// <param name="y">The targets one after the other, as many as there are inputs.</param>
    /// <param name="targetShape">The shape of one target; null divides <paramref name="y"/> evenly, into shape (length / samples,).</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit its shape, or the numbers of samples
    /// differ.</exception>
    public static Dataset FromArrays(float[] x, int[] inputShape, float[] y, int[]? targetShape = null, float[]? sampleWeights = null) =>
        WithTarget(TensorColumn.FromFloats(DefaultInput, x, inputShape), y, targetShape, sampleWeights);

    /// <summary>Makes a data set of a float array and integer labels, which are referred to and not copied.</summary>
    /// <param name="x">The inputs one after the other, each row-major.</param>
    /// <param name="inputShape">The shape of one input, for example [28, 28, 1].</param>
    /// <param name="labels">A label per sample.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit its shape, or the numbers of samples
    /// differ.</exception>
    public static Dataset FromArrays(float[] x, int[] inputShape, int[] labels, float[]? sampleWeights = null) =>
        WithLabels(TensorColumn.FromFloats(DefaultInput, x, inputShape), labels, sampleWeights);

    /// <summary>Makes a data set of a table with a row per sample, which is copied.</summary>
    /// <param name="x">The inputs, each of shape (columns,).</param>
    /// <param name="y">The targets one after the other, as many as there are rows.</param>
    /// <param name="targetShape">The shape of one target; null divides <paramref name="y"/> evenly.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit its shape, or the numbers of samples
    /// differ.</exception>
    public static Dataset FromArrays(float[,] x, float[] y, int[]? targetShape = null, float[]? sampleWeights = null) =>
        WithTarget(TensorColumn.FromRows(DefaultInput, x), y, targetShape, sampleWeights);

    /// <summary>Makes a data set of a table with a row per sample, which is copied, and integer labels.</summary>
    /// <param name="x">The inputs, each of shape (columns,).</param>
    /// <param name="labels">A label per sample.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, or the numbers of samples differ.</exception>
    public static Dataset FromArrays(float[,] x, int[] labels, float[]? sampleWeights = null) =>
        WithLabels(TensorColumn.FromRows(DefaultInput, x), labels, sampleWeights);

    /// <summary>Makes a data set of one array per sample, which are copied.</summary>
    /// <param name="x">The inputs, all of one length.</param>
    /// <param name="y">The targets one after the other, as many as there are inputs.</param>
    /// <param name="targetShape">The shape of one target; null divides <paramref name="y"/> evenly.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit its shape, or the numbers of samples
    /// differ.</exception>
    public static Dataset FromArrays(float[][] x, float[] y, int[]? targetShape = null, float[]? sampleWeights = null) =>
        WithTarget(TensorColumn.FromRows(DefaultInput, x), y, targetShape, sampleWeights);

    /// <summary>Makes a data set of one array per sample, which are copied, and integer labels.</summary>
    /// <param name="x">The inputs, all of one length.</param>
    /// <param name="labels">A label per sample.</param>
    /// <param name="sampleWeights">A weight per sample, or null.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit, or the numbers of samples differ.</exception>
    public static Dataset FromArrays(float[][] x, int[] labels, float[]? sampleWeights = null) =>
        WithLabels(TensorColumn.FromRows(DefaultInput, x), labels, sampleWeights);

    /// <summary>Makes a data set of copies of spans.</summary>
    /// <param name="x">The inputs one after the other, each row-major.</param>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="y">The targets one after the other, as many as there are inputs.</param>
    /// <param name="targetShape">The shape of one target; empty divides <paramref name="y"/> evenly.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit its shape, or the numbers of samples
    /// differ.</exception>
    public static Dataset FromSpans(
        ReadOnlySpan<float> x, ReadOnlySpan<int> inputShape, ReadOnlySpan<float> y, ReadOnlySpan<int> targetShape = default) =>
        WithTarget(
            TensorColumn.FromFloats(DefaultInput, x.ToArray(), inputShape), y.ToArray(), targetShape.IsEmpty ? null : targetShape.ToArray(), null);

    /// <summary>Makes a data set of a copy of a span and integer labels.</summary>
    /// <param name="x">The inputs one after the other, each row-major.</param>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="labels">A label per sample.</param>
    /// <returns>The data set, not checked for NaN and infinity; see <see cref="Validate"/>.</returns>
    /// <exception cref="ArgumentException">There is no sample, a length does not fit its shape, or the numbers of samples
    /// differ.</exception>
    public static Dataset FromSpans(ReadOnlySpan<float> x, ReadOnlySpan<int> inputShape, ReadOnlySpan<int> labels) =>
        FromArrays(x.ToArray(), inputShape.ToArray(), labels.ToArray());

    /// <summary>Reads images and labels in the IDX format of MNIST, plain or gzipped.</summary>
    /// <param name="images">The file of images; two-dimensional ones get a last axis of 1, the channel.</param>
    /// <param name="labels">The file of labels.</param>
    /// <returns>The data set; bytes stay bytes in memory, 0..255 in a batch.</returns>
    /// <exception cref="DataFileException">A file is not IDX, is truncated, has no sample, or holds NaN or infinity.</exception>
    /// <exception cref="ArgumentException">The numbers of images and labels differ.</exception>
    public static Dataset FromIdx(string images, string labels) => new([Idx.Read(images, DefaultInput)], [Idx.Read(labels, DefaultTarget)]);

    private static Dataset WithLabels(TensorColumn input, int[] labels, float[]? sampleWeights)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != input.Count) throw new ArgumentException($"There are {labels.Length} labels for the {input.Count} samples of x; one a sample is expected.", nameof(labels));
        return new([input], [TensorColumn.FromIntegers(DefaultTarget, labels)], sampleWeights);
    }

    private static Dataset WithTarget(TensorColumn input, float[] y, int[]? targetShape, float[]? sampleWeights)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (targetShape is null && (y.Length == 0 || y.Length % input.Count != 0))
        {
            throw new ArgumentException(
                $"y has {y.Length} values, which is no positive multiple of the {input.Count} samples of x.", nameof(y));
        }

        return new([input], [TensorColumn.FromFloats(DefaultTarget, y, targetShape ?? [y.Length / input.Count])], sampleWeights);
    }
}
