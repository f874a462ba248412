using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>Decodes the images of each batch in parallel; each goes to its own place, so the order of finishing does not matter.</summary>
/// <param name="images">The images in the order in which they are read.</param>
/// <param name="places">Where in the data set each of them stands; null where they are in its order.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="options">What becomes of the images.</param>
/// <param name="batchSize">The number of images in a batch.</param>
/// <param name="dropRemainder">Whether a smaller last batch is left out.</param>
internal sealed class ImageReader(LabelledImage[] images, int[]? places, int classes, ImageFolderOptions options, int batchSize, bool dropRemainder) : BatchReader
{
    private readonly ParallelOptions parallel = Parallelism(options);
    private int position;

    public static ParallelOptions Parallelism(ImageFolderOptions options) =>
        new() { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };

    public override bool TryRead(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int samples = Math.Min(batchSize, images.Length - position);
        if (samples == 0 || (dropRemainder && samples < batchSize)) return false;
        if (batch.Capacity < samples)
            throw new ArgumentException($"The batch has room for {batch.Capacity} samples only, not for {samples}.", nameof(batch));

        int size = options.Height * options.Width * options.Channels;
        var failures = new Exception?[samples];
        Parallel.For(0, samples, parallel, i =>
        {
            try
            {
                ImageResizer.Resize(ImageDecoder.Decode(images[position + i].Path, options.Channels), options, batch.InputBuffer(0).Slice(i * size, size));
            }
            catch (DataFileException exception)
            {
                failures[i] = exception;
            }
        });

        // Of several, the first in the order of the set, whichever was met first.
        if (Array.Find(failures, failure => failure is not null) is { } first) ExceptionDispatchInfo.Throw(first);
        WriteLabels(batch.TargetBuffer(0), samples);
        batch.Count = samples;
        batch.SetSamples(places, position);
        position += samples;
        return true;
    }

    private void WriteLabels(Span<float> labels, int samples)
    {
        if (options.OneHot) labels[..(samples * classes)].Clear();
        for (int i = 0; i < samples; i++)
        {
            int label = images[position + i].Label;
            if (options.OneHot) labels[(i * classes) + label] = 1;
            else labels[i] = label;
        }
    }
}
