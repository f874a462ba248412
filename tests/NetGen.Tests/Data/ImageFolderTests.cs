using CsCheck;

namespace NetGen.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly ImageFolderOptions Tiny = new() { Height = 1, Width = 1 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Classes_and_files_stand_in_ordinal_order()
    {
        // Written in another order; 'B' is before 'a', folders with a dot and files of other kinds are passed over.
        foreach (string path in (string[])["a/2.png", "a/10.PNG", "B/x.png", "a/deep/1.png", ".hidden/x.png", "c/é.png"]) Write(path, TestImages.Plain(1, 1, 1, 2, 3));
        Write("a/notes.txt", [1]);
        ImageDataset data = ImageFolder.Open(folder.FullName, Tiny);
        Assert.Equal(["B", "a", "c"], data.ClassNames);
        Assert.Equal(["B/x.png", "a/10.PNG", "a/2.png", "a/deep/1.png", "c/é.png"], Names(data));
        Assert.Equal([0, 1, 1, 1, 2], Enumerable.Range(0, 5).Select(data.Label));
        Assert.Empty(data.Skipped);
    }

    [Fact]
    public void Labels_are_sparse_or_one_hot()
    {
        WriteClasses(3, 2);
        var labels = new List<float>();
        ImageDataset data = ImageFolder.Open(folder.FullName, Tiny);
        Assert.Equal(ElementType.Int32, data.Targets[0].ElementType);
        Reading.ForEach(data, 4, batch => labels.AddRange(batch.Target(0).ToArray()));
        Assert.Equal([0, 0, 1, 1, 2, 2], labels);
        labels.Clear();
        ImageDataset hot = ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 1, Width = 1, OneHot = true });
        Assert.Equal([3], hot.Targets[0].Shape);
        Reading.ForEach(hot, 4, batch => labels.AddRange(batch.Target(0).ToArray()));
        Assert.Equal([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1], labels);
    }

    [Fact]
    public void The_order_is_a_function_of_seed_and_epoch_whatever_the_threads()
    {
        WriteClasses(4, 5);
        float[] once = Reading.Inputs(ImageFolder.Open(folder.FullName, Tiny), 3, seed: 7, epoch: 1);
        float[] again = Reading.Inputs(ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 1, Width = 1, Threads = 1, PrefetchedBatches = 1 }), 7, seed: 7, epoch: 1);
        Assert.Equal(once, again);
        Assert.NotEqual(once, Reading.Inputs(ImageFolder.Open(folder.FullName, Tiny), 3, seed: 7, epoch: 2));
        Assert.Equal(once.Order(), Reading.Inputs(ImageFolder.Open(folder.FullName, Tiny), 3).Order());
        Assert.Equal(18 * 3, Reading.Inputs(ImageFolder.Open(folder.FullName, Tiny), 6, dropRemainder: true).Length);
    }

    [Fact]
    public void A_split_tells_the_first_parts_share_as_that_of_a_data_set_in_memory()
    {
        WriteClasses(2, 5);
        ImageDataset data = ImageFolder.Open(folder.FullName, Tiny);
        (ImageDataset training, ImageDataset validation) = data.Split(0.75);
        Dataset inMemory = Reading.Counting(10);
        Assert.Equal((7, 3), (training.Count, validation.Count));
        Assert.Equal((training.Count, validation.Count), (inMemory.Split(0.75).First.Count, inMemory.Split(0.75).Second.Count));
        Assert.Equal(Names(data), Names(training).Concat(Names(validation)));
        Assert.Equal(["0", "1"], validation.ClassNames);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(1));
    }

    [Fact]
    public void A_shuffled_set_has_an_order_of_its_own_in_which_it_is_split()
    {
        WriteClasses(2, 5);
        ImageDataset data = ImageFolder.Open(folder.FullName, Tiny), shuffled = data.Shuffle(3);
        string[] names = Names(data);
        Assert.Equal(Permutation.Create(10, 3, 0).Select(place => names[place]), Names(shuffled));
        (ImageDataset training, ImageDataset validation) = shuffled.Split(0.75);
        Assert.Equal(Names(shuffled), Names(training).Concat(Names(validation)));
        for (int i = 0; i < shuffled.Count; i++) Assert.StartsWith($"{shuffled.ClassNames[shuffled.Label(i)]}/", Names(shuffled)[i], StringComparison.Ordinal);

        // Whoever reads it in a shuffled order gets the set's own seed, and in the order of the set none.
        Assert.Equal(Reading.Inputs(shuffled, 4, seed: 1, epoch: 2), Reading.Inputs(shuffled, 4, seed: 9, epoch: 2));
        Assert.Equal(Reading.Inputs(training, 4, seed: 1), Reading.Inputs(training, 4, seed: 9));
        Assert.NotEqual(Reading.Inputs(shuffled, 4), Reading.Inputs(shuffled, 4, seed: 1));
        Assert.NotEqual(Reading.Inputs(data, 4, seed: 1), Reading.Inputs(data, 4, seed: 9));
    }

    [Fact]
    public void Bad_images_are_an_exception_that_names_the_first()
    {
        WriteClasses(2, 3);
        Write("0/1b.png", []);
        Write("1/0.jpg", [0xFF, 0xD8]);
        var failure = Assert.Throws<DataFileException>(() => Reading.Inputs(ImageFolder.Open(folder.FullName, Tiny), 8));
        Assert.Equal(folder["0/1b.png"], failure.FileName);
        Assert.Equal($"{folder["0/1b.png"]}: The image has no bytes.", failure.Message);
    }

    [Fact]
    public void Bad_images_are_skipped_and_reported_when_asked_for()
    {
        WriteClasses(2, 3);
        Directory.CreateDirectory(folder["2"]);
        Write("0/zero.png", []);
        Write("1/cut.png", TestImages.Plain(2, 2, 1, 2, 3)[..40]);
        Write("1/text.jpg", "no image"u8.ToArray());
        ImageDataset data = ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 1, Width = 1, SkipUnreadable = true });
        Assert.Equal(["0", "1", "2"], data.ClassNames);
        Assert.Equal(
            [
                new SkippedImage(folder["2"], "The class folder holds no PNG or JPEG file."),
                new SkippedImage(folder["0/zero.png"], "The image has no bytes."),
                new SkippedImage(folder["1/cut.png"], "The PNG is truncated: it ends after 40 bytes, before the end of its IEND chunk."),
                new SkippedImage(folder["1/text.jpg"], "The file is neither PNG nor JPEG: it begins with 6E6F2069."),
            ],
            data.Skipped);
        Assert.Equal(6 * 3, Reading.Inputs(data, 4).Length);
    }

    [Fact]
    public void An_image_that_cannot_be_decoded_has_the_decoders_reason_whatever_fails_beside_it()
    {
        byte[] huge = TestImages.Png(30000, 30000, 2, 8, []), cut = TestImages.Png(2, 5, 2, 8, new byte[12]);
        for (int i = 0; i < 60; i++) Write($"a/{i:d2}.png", i % 3 == 0 ? TestImages.Plain(1, 1, 1, 2, 3) : i % 3 == 1 ? huge : cut);
        ImageDataset data = ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 1, Width = 1, SkipUnreadable = true, Threads = 8 });
        Assert.Equal(20, data.Count);
        Assert.Equal(
            Enumerable.Range(0, 60).Where(i => i % 3 != 0).Select(i => new SkippedImage(
                folder[$"a/{i:d2}.png"], i % 3 == 1 ? "The PNG data cannot be decoded: too large." : "The PNG data cannot be decoded: not enough pixels.")),
            data.Skipped);
        var failure = Assert.Throws<DataFileException>(() => Reading.Inputs(ImageFolder.Open(folder.FullName, Tiny), 2));
        Assert.Equal($"{folder["a/01.png"]}: The PNG data cannot be decoded: too large.", failure.Message);
        Assert.NotNull(failure.InnerException);
    }

    [Fact]
    public void Folders_without_images_are_named()
    {
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Open(folder["none"], Tiny));
        Assert.Equal($"{folder.FullName}: The folder holds no folder; one for each class is expected.", Refused(Tiny));
        Directory.CreateDirectory(folder["a"]);
        Write("a/notes.txt", [1]);
        Assert.Equal($"{folder["a"]}: The class folder holds no PNG or JPEG file among its 1 files.", Refused(Tiny));
        Assert.StartsWith($"{folder.FullName}: No image is left: 1 were skipped", Refused(new ImageFolderOptions { Height = 1, Width = 1, SkipUnreadable = true }), StringComparison.Ordinal);

        string Refused(ImageFolderOptions options) => Assert.Throws<DataFileException>(() => ImageFolder.Open(folder.FullName, options)).Message;
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_named()
    {
        WriteClasses(1, 1);
        // A folder in the place of a file cannot be opened by anyone, the administrator included.
        ImageDataset data = ImageFolder.Open(folder.FullName, Tiny);
        File.Delete(data.File(0));
        Directory.CreateDirectory(data.File(0));
        var failure = Assert.Throws<DataFileException>(() => Reading.Inputs(data, 1));
        Assert.StartsWith($"{data.File(0)}: The image cannot be read: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 3, "Height")]
    [InlineData(1, 0, 3, "Width")]
    [InlineData(1, 1, 4, "Channels")]
    public void Options_out_of_range_are_named(int height, int width, int channels, string name)
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(
            () => ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = height, Width = width, Channels = channels }));
        Assert.Equal(name, failure.ParamName);
    }

    [Fact]
    public void Every_kind_of_image_becomes_the_same_bytes()
    {
        // Colour from RGB, from RGB and alpha, from 16 bits (the upper 8), from a palette; grey as three channels.
        Write("a/1.png", TestImages.Png(1, 2, 2, 8, [10, 20, 30, 40, 50, 60]));
        Write("a/2.png", TestImages.Png(1, 2, 6, 8, [10, 20, 30, 0, 40, 50, 60, 128]));
        Write("a/3.png", TestImages.Png(1, 2, 2, 16, [10, 255, 20, 0, 30, 128, 40, 1, 50, 2, 60, 3]));
        Write("a/4.png", TestImages.Png(1, 2, 3, 8, [1, 0], [40, 50, 60, 10, 20, 30]));
        Write("a/5.png", TestImages.Png(1, 2, 0, 8, [7, 9]));
        Write("a/6.png", TestImages.Png(1, 2, 4, 8, [7, 0, 9, 255]));
        Write("a/7.png", TestImages.Png(1, 2, 0, 16, [7, 99, 9, 200]));
        float[] pixels = Reading.Inputs(ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 1, Width = 2 }), 8);
        float[] colour = [10, 20, 30, 40, 50, 60], grey = [7, 7, 7, 9, 9, 9];
        Assert.Equal([.. colour, .. colour, .. colour, .. colour, .. grey, .. grey, .. grey], pixels);

        float[] asGrey = Reading.Inputs(ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 1, Width = 2, Channels = 1 }), 8);
        float[] weighed = [((77 * 10) + (150 * 20) + (29 * 30)) >> 8, ((77 * 40) + (150 * 50) + (29 * 60)) >> 8];
        Assert.Equal([.. weighed, .. weighed, .. weighed, .. weighed, 7, 9, 7, 9, 7, 9], asGrey);
    }

    [Fact]
    public void Jpeg_blocks_keep_their_values()
    {
        byte Grey(int y, int x, int c) => (byte)((17 + (53 * y) + (101 * x)) % 256);
        Write("a/1.jpg", TestImages.Jpeg(2, 3, 1, Grey));
        float[] pixels = Reading.Inputs(ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 16, Width = 24, Channels = 1 }), 1);
        for (int i = 0; i < pixels.Length; i++) Assert.Equal(Grey(i / 24 / 8, i % 24 / 8, 0), pixels[i]);

        // JFIF's conversion (ITU-T T.871): R = Y + 1.402 (Cr - 128), B = Y + 1.772 (Cb - 128).
        Write("a/1.jpg", TestImages.Jpeg(1, 1, 3, (_, _, c) => (byte)(c == 0 ? 100 : c == 1 ? 118 : 148)));
        float[] colour = Reading.Inputs(ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = 8, Width = 8 }), 1);
        Assert.Equal(100 + (1.402 * 20), colour[0], 0.51);
        Assert.Equal(100 - (0.344136 * -10) - (0.714136 * 20), colour[1], 0.51);
        Assert.Equal(100 + (1.772 * -10), colour[2], 0.51);
    }

    [Fact]
    public void Cut_and_damaged_files_are_refused()
    {
        byte[] png = TestImages.Plain(5, 5, 1, 2, 3), jpeg = TestImages.Jpeg(2, 2, 3, (y, x, c) => (byte)(40 * (y + x + c)));
        Write("a/1.png", png);
        foreach (byte[] whole in (byte[][])[png, jpeg])
        {
            for (int length = 0; length < whole.Length; length++) Assert.False(IsReadable(whole[..length]), $"{length} of {whole.Length} bytes");
            Assert.True(IsReadable(whole));
        }

        // Any flipped bit of a PNG spoils a checksum or the frame; what a JPEG's damage leaves readable is still an image.
        for (int bit = 0; bit < png.Length * 8; bit++)
        {
            byte[] damaged = [.. png];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IsReadable(damaged), $"bit {bit}");
        }

        Gen.Select(Gen.Int[2, jpeg.Length - 1], Gen.Byte, Gen.Int[2, jpeg.Length - 1], Gen.Byte).Sample((i, a, j, b) =>
        {
            byte[] damaged = [.. jpeg];
            (damaged[i], damaged[j]) = (a, b);
            IsReadable(damaged);
        }, iter: 2000, threads: 1);
    }

    private bool IsReadable(byte[] file)
    {
        Write("a/1.png", file);
        try
        {
            Reading.Inputs(ImageFolder.Open(folder.FullName, Tiny), 1);
            return true;
        }
        catch (DataFileException exception)
        {
            Assert.StartsWith(folder["a/1.png"], exception.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private string[] Names(ImageDataset data) => [.. Enumerable.Range(0, data.Count).Select(i => Path.GetRelativePath(folder.FullName, data.File(i)).Replace('\\', '/'))];

    /// <summary>Images of one pixel that all differ.</summary>
    private void WriteClasses(int classes, int images)
    {
        for (int c = 0; c < classes; c++)
        {
            for (int i = 0; i < images; i++) Write($"{c}/{i}.png", TestImages.Plain(1, 1, (byte)c, (byte)i, 9));
        }
    }

    private void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllBytes(folder[path], bytes);
    }
}
