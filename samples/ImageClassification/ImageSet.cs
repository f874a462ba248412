namespace NetGen.Samples;

/// <summary>Images to train on and to test with.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Classes">The names of the classes by their labels.</param>
/// <param name="Train">The images to train on.</param>
/// <param name="Test">The images that training does not see.</param>
internal sealed record ImageSet(string Name, IReadOnlyList<string> Classes, Dataset Train, Dataset Test)
{
    /// <summary>MNIST from a folder, or drawn digits where there is none.</summary>
    /// <exception cref="IOException">The folder holds no digits, or a file is damaged.</exception>
    public static ImageSet ReadDigits(string? folder)
    {
        (Dataset train, Dataset test) = folder is null ? DrawnDigits.TrainAndTest() : Mnist.Read(folder, Folders.Recognise(folder, Mnist.Whole, Mnist.Part));
        return new ImageSet(folder is null ? "drawn digits" : "MNIST", [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")], train, test);
    }

    /// <summary>CIFAR-10 from a folder, or drawn shapes where there is none.</summary>
    /// <exception cref="IOException">The folder does not hold the images, or a file is damaged.</exception>
    public static ImageSet ReadColours(string? folder)
    {
        if (folder is null)
        {
            (Dataset train, Dataset test) = DrawnShapes.TrainAndTest();
            return new ImageSet("drawn shapes", Shapes.Names, train, test);
        }

        Folders.Recognise(folder, "data_batch_1.bin");
        return new ImageSet("CIFAR-10", Cifar10.ClassNames, Cifar10.ReadTraining(folder), Cifar10.ReadTest(folder));
    }
}
