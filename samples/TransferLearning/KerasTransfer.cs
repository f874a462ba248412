namespace NetGen.Samples;

/// <summary>Learns the digits from 5 to 9 on what an architecture of Keras has learnt from photographs.</summary>
internal static class KerasTransfer
{
    // As in Keras's guide to transfer learning, which takes 1e-3 for the head and 1e-5 for all.
    private const double TuningShare = 0.01;

    /// <summary>Trains the architecture's network.</summary>
    /// <param name="architecture">One of <see cref="KerasBase.Architectures"/>.</param>
    /// <param name="file">Its weights.</param>
    /// <param name="tuningEpochs">How often the images are shown once all of it trains; 0 for the head alone.</param>
    /// <param name="digits">Reads or draws the few images to learn from and those held out, once the weights have been loaded.</param>
    /// <param name="options">The sample's settings; epochs, batch size and learning rate are those of the head.</param>
    /// <param name="cancel">Ends training.</param>
    /// <returns>The share of held out images that are right, with the new head and after fine-tuning.</returns>
    public static (double Head, double Tuned) Run(string architecture, string file, int tuningEpochs, Func<(Dataset Few, Dataset Held)> digits, SampleOptions options, CancellationToken cancel)
    {
        return architecture switch
        {
            "ResNet50" => Learn(new ResNet50Digits(options.Seed), file, tuningEpochs, digits, options, cancel),
            "VGG16" => Learn(new VGG16Digits(options.Seed), file, tuningEpochs, digits, options, cancel),
            "VGG19" => Learn(new VGG19Digits(options.Seed), file, tuningEpochs, digits, options, cancel),
            "MobileNet" => Learn(new MobileNetDigits(options.Seed), file, tuningEpochs, digits, options, cancel),
            "MobileNetV2" => Learn(new MobileNetV2Digits(options.Seed), file, tuningEpochs, digits, options, cancel),
            _ => throw new ArgumentException($"There is no architecture '{architecture}'; there are {string.Join(", ", KerasBase.Architectures)}."),
        };
    }

    private static (double Head, double Tuned) Learn<T>(T model, string file, int tuningEpochs, Func<(Dataset Few, Dataset Held)> digits, SampleOptions options, CancellationToken cancel)
        where T : Network<T>, INetwork<T>
    {
        KerasWeightReport report = KerasBase.Load(model, file);
        Console.WriteLine($"{report.Loaded.Count} weights of the base are those of {file}.");
        (Dataset few, Dataset held) = digits();
        Console.WriteLine($"{few.Count} images of 5 to 9 to train on, {held.Count} to test.\n");

        // The head learns on features that are computed in the first epoch; then all of it, as long as is asked for.
        Training.Fit(model, few, null, options.Epochs, options.BatchSize, options.LearningRate, options, cancel);
        double head = Training.Accuracy(model, held, options, cancel), tuned = head;
        Console.WriteLine($"With the frozen base {head:p1} are right.");
        if (tuningEpochs > 0)
        {
            model["base"].Trainable = true;
            Training.Fit(model, few, null, tuningEpochs, options.BatchSize, TuningShare * options.LearningRate, options, cancel, new ProgressBar());
            tuned = Training.Accuracy(model, held, options, cancel);
            Console.WriteLine($"Fine-tuned {tuned:p1} are right.");
        }

        return (head, tuned);
    }
}
