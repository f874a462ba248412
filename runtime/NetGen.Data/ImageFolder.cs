namespace NetGen;

/// <summary>
/// Images in a folder of class folders, <c>flowers/daisy/1.jpg</c>, as Keras's <c>image_dataset_from_directory</c> reads them. The classes are the subfolders in ordinal order of their
/// names (those that begin with a dot are none); their images are all PNG and JPEG files in and below them, in ordinal order of their paths.
/// </summary>
/// <remarks>
/// Whatever an image is like, its values are from 0 to 255 and it has the channels that are asked for: transparency is dropped, so that the colours below it show; of 16 bits the
/// upper 8 count; palettes are looked up. The orientation that a camera noted in a JPEG is not applied. All this is as in TensorFlow's decoders.
/// </remarks>
public static class ImageFolder
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>Lists the images. They are decoded batch by batch while the data set is read.</summary>
    /// <param name="folder">The folder with a folder for each class.</param>
    /// <param name="options">Size, channels and what to do with images that cannot be read.</param>
    /// <returns>The data set: an input of shape (height, width, channels) with values from 0 to 255, and the class.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DataFileException">The folder has no class, a class no image, or no image can be read; the message names it. With
    /// <see cref="ImageFolderOptions.SkipUnreadable"/> only where nothing is left.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static ImageDataset Open(string folder, ImageFolderOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'.");

        string[] classes = [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
        if (classes.Length == 0) throw new DataFileException(folder, 0, "The folder holds no folder; one for each class is expected.");
        var images = new List<LabelledImage>();
        var skipped = new List<SkippedImage>();
        for (int label = 0; label < classes.Length; label++)
        {
            string path = Path.Combine(folder, classes[label]);
            string[] files = Files(path);
            string[] chosen = [.. files.Where(IsImage).Order(StringComparer.Ordinal)];
            if (chosen.Length == 0)
            {
                string problem = $"The class folder holds no PNG or JPEG file{(files.Length > 0 ? $" among its {files.Length} files" : "")}.";
                if (!options.SkipUnreadable) throw new DataFileException(path, 0, problem);
                skipped.Add(new SkippedImage(path, problem));
            }

            images.AddRange(chosen.Select(file => new LabelledImage(file, label)));
        }

        LabelledImage[] readable = options.SkipUnreadable ? Readable(images, options, skipped) : [.. images];
        return readable.Length > 0
            ? new ImageDataset(readable, classes, skipped, options)
            : throw new DataFileException(folder, 0, $"No image is left: {skipped.Count} were skipped, the first because of '{skipped[0].Path}': {skipped[0].Reason}");
    }

    private static string[] Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DataFileException(folder, 0, $"The class folder cannot be read: {exception.Message}", exception);
        }
    }

    private static bool IsImage(string file) => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static LabelledImage[] Readable(List<LabelledImage> images, ImageFolderOptions options, List<SkippedImage> skipped)
    {
        var problems = new string?[images.Count];
        Parallel.For(0, images.Count, ImageReader.Parallelism(options), i =>
        {
            try
            {
                ImageDecoder.Decode(images[i].Path, options.Channels);
            }
            catch (DataFileException exception)
            {
                problems[i] = exception.Message[(images[i].Path.Length + 2)..];
            }
        });
        skipped.AddRange(images.Select((image, i) => (image, problem: problems[i])).Where(pair => pair.problem is not null).Select(pair => new SkippedImage(pair.image.Path, pair.problem!)));
        return [.. images.Where((_, i) => problems[i] is null)];
    }
}
