using System.CommandLine;
using NetGen;
using NetGen.Samples;

const int HeadEpochs = 20, TuningEpochs = 20, PerClass = 20, SmallBatch = 20, ValidationPerClass = 100;

Option<string?> weights = new("--weights")
{
    Description = "The weights of the base, or of a network that has it, as this sample saves them (base.safetensors); where it is left out, the base is trained on the digits from 0 to 4.",
    HelpName = "FILE",
};
Option<string?> keras = new("--keras")
{
    Description = "Weights of Keras (.h5, .weights.h5 or .keras, with or without the top) for the base that --architecture names, in place of the small ResNet.",
    HelpName = "FILE",
};
Option<string?> architecture = new("--architecture") { Description = "What the weights of --keras are for." };
architecture.AcceptOnlyFromAmong(KerasBase.Architectures);
Option<int> tuning = new("--tune-epochs") { Description = "With --keras: how often the images are shown once all of it trains; 0 for the new head alone, which is much faster.", DefaultValueFactory = _ => 5 };
Option<string> folder = new("--out") { Description = "Where the picture and the weights go.", HelpName = "FOLDER", DefaultValueFactory = _ => AppContext.BaseDirectory };

return new SampleCommand
{
    Description = "Learns the digits from 5 to 9 from twenty images each, with a small ResNet that has learnt those from 0 to 4, and with the same from scratch; and draws both learning curves. "
        + "With --keras it learns them with an architecture that Keras has trained, and draws nothing. "
        + "Epochs, batch size and learning rate are those of training on the digits from 0 to 4; with --keras those of the new head.",
    DataHelp = "MNIST (train-images-idx3-ubyte.gz and so on, or train10k-...); drawn digits where it is left out.",
    Defaults = new SampleOptions(Epochs: 6, BatchSize: 64, LearningRate: 1e-2),
    Variant = (keras, null, new SampleOptions(Epochs: 100, BatchSize: 20, LearningRate: 1e-3)),
    Options = [weights, folder, keras, architecture, tuning],
    Examples =
    [
        "--out pictures", "--weights pictures/base.safetensors", "--data mnist --epochs 3",
        "--keras mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5 --architecture MobileNetV2 --data mnist",
        "--keras vgg16.weights.h5 --architecture VGG16 --tune-epochs 0",
    ],
}.Run(args, (options, cancel) =>
{
    (string? ready, string? file, string? name) = (options.CommandLine!.GetValue(weights), options.CommandLine.GetValue(keras), options.CommandLine.GetValue(architecture));
    int tuningEpochs = options.Get(tuning, epochs => epochs >= 0, "a whole number of at least 0");
    switch (file, name)
    {
        case (null, null): FromOtherDigits(ready, OutputFolder.Prepare(options.Get(folder)), options, cancel); break;
        case (null, _): throw new ArgumentException($"--architecture {name} needs --keras with the file of its weights.");
        case (_, null): throw new ArgumentException($"--keras needs --architecture, which is one of {string.Join(", ", KerasBase.Architectures)}.");
        case (_, _) when ready is not null: throw new ArgumentException("--weights is for the small ResNet, and --keras for another base; one of both is expected.");
        default:
            (double head, double tuned) = KerasTransfer.Run(name, file, tuningEpochs, () => FewAndHeld(Digits(test: 1000, options), options), options, cancel);
            Console.WriteLine($"result: head={head:f3} transfer={tuned:f3}");
            break;
    }
});

static void FromOtherDigits(string? ready, string output, SampleOptions options, CancellationToken cancel)
{
    (Dataset train, Dataset test) = Digits(test: 5000, options);
    (Dataset few, Dataset held) = FewAndHeld((train, test), options);
    Dataset validation = DigitTask.Of(train, first: 5, ValidationPerClass, skip: PerClass);

    FiveOtherDigits transfer = new(options.Seed);
    string file = ready ?? Pretrain(train, test, output, options, cancel);
    transfer["base"].LoadWeights(file, ignoreUnexpected: true);
    Console.WriteLine(transfer.SummaryText);
    Console.WriteLine($"{few.Count} images of 5 to 9 to train on, {validation.Count} for the learning curves, {held.Count} to test.\n");

    // First the new head learns, on features that are computed once; then all of it. From scratch there are as many steps. docs/transfer.md tells how the rates were chosen.
    History head = Training.Fit(transfer, few, validation, HeadEpochs, SmallBatch, 1e-2, options, cancel);
    double frozen = Training.Accuracy(transfer, held, options, cancel);
    transfer["base"].Trainable = true;
    History tuning = Training.Fit(transfer, few, validation, TuningEpochs, SmallBatch, 1e-2, options, cancel);
    double tuned = Training.Accuracy(transfer, held, options, cancel);
    FiveDigits scratch = new(options.Seed);
    History alone = Training.Fit(scratch, few, validation, HeadEpochs + TuningEpochs, SmallBatch, 8e-2, options, cancel);
    double fromScratch = Training.Accuracy(scratch, held, options, cancel);

    string picture = Path.Combine(output, "transfer-curves.png");
    TransferCurves.Save(Curve.Of(head, tuning), Curve.Of(alone), HeadEpochs, picture);
    Console.WriteLine($"With the frozen base {frozen:p1} are right, fine-tuned {tuned:p1}, and from scratch {fromScratch:p1}.");
    Console.WriteLine($"The learning curves: {picture}");
    Console.WriteLine($"result: transfer={tuned:f3} scratch={fromScratch:f3} gain={tuned - fromScratch:f3}");
}

static (Dataset Train, Dataset Test) Digits(int test, SampleOptions options)
{
    (Dataset train, Dataset held) = options.Data is { } data ? Mnist.Read(data, Folders.Recognise(data, Mnist.Whole, Mnist.Part)) : DrawnDigits.TrainAndTest(test, DigitStyle.Poor);

    // Another seed takes other images as the few.
    return (train.Shuffle(options.Seed), held);
}

static (Dataset Few, Dataset Held) FewAndHeld((Dataset Train, Dataset Test) digits, SampleOptions options) =>
    (DigitTask.Of(digits.Train, first: 5, PerClass), DigitTask.Of(digits.Test, first: 5));

static string Pretrain(Dataset train, Dataset test, string output, SampleOptions options, CancellationToken cancel)
{
    FiveDigits model = new(options.Seed);
    Training.Fit(model, DigitTask.Of(train, first: 0), null, options.Epochs, options.BatchSize, options.LearningRate, options, cancel, new ProgressBar());
    double right = Training.Accuracy(model, DigitTask.Of(test, first: 0), options, cancel);
    Console.WriteLine($"Of the digits from 0 to 4 that it has not seen, the base and its head know {right:p1}.\n");
    string file = Path.Combine(output, "base.safetensors");
    model["base"].SaveWeights(file);
    return file;
}
