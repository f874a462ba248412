using System.CommandLine;
using NetGen;
using NetGen.Samples;

Option<string> network = new("--network") { Description = "lenet for digits, or resnet20 for colour images of 32 x 32.", DefaultValueFactory = _ => "lenet" };
network.AcceptOnlyFromAmong("lenet", "resnet20");
Option<string> folder = new("--out") { Description = "Where the pictures and the network go.", HelpName = "FOLDER", DefaultValueFactory = _ => AppContext.BaseDirectory };

return new SampleCommand
{
    Description = "Trains a convolutional network to tell images apart, and draws its learning curves and its confusion matrix.",
    DataHelp = "For lenet MNIST (train-images-idx3-ubyte.gz and so on, or train10k-...), for resnet20 CIFAR-10 (data_batch_1.bin and so on); drawn images where it is left out.",
    Defaults = new SampleOptions(Epochs: 20, BatchSize: 64, LearningRate: 2e-3),
    Variant = (network, "resnet20", new SampleOptions(Epochs: 15, BatchSize: 64, LearningRate: 0.1)),
    Options = [network, folder],
    Examples = ["--data mnist --out pictures", "--network resnet20", "--network resnet20 --data cifar-10-batches-bin --epochs 60 --batch-size 128"],
}.Run(args, (options, cancel) =>
{
    string output = OutputFolder.Prepare(options.Get(folder));
    if (options.Get(network) == "resnet20")
    {
        Classify(
            new ResNet20(options.Seed), (model, x, y) => model.Predict(x, y), ImageSet.ReadColours(options.Data), output, options, cancel,
            schedule => new SGD(schedule) { Momentum = 0.9, Nesterov = true, WeightDecay = 5e-3, ExcludeFromWeightDecay = ["gamma", "beta", "bias"] });
    }
    else
    {
        Classify(
            new LeNet(options.Seed), (model, x, y) => model.Predict(x, y), ImageSet.ReadDigits(options.Data), output, options, cancel,
            schedule => new AdamW(schedule) { WeightDecay = 0.05, ExcludeFromWeightDecay = ["gamma", "beta", "bias"] });
    }
});

static void Classify<T>(T model, Predict<T> predict, ImageSet images, string output, SampleOptions options, CancellationToken cancel, Func<Schedule, Optimizer> optimizer)
    where T : Network<T>, INetwork<T>
{
    string title = $"{typeof(T).Name} on {images.Name}";
    Console.WriteLine(model.SummaryText);
    Console.WriteLine($"{title}: {images.Train.Count} images to train on, {images.Test.Count} to test.\n");
    int steps = options.Epochs * ((images.Train.Count + options.BatchSize - 1) / options.BatchSize), warmup = steps / 10;
    Trainer<T> trainer = new(model)
    {
        Optimizer = optimizer(new CosineDecay(0, steps - warmup, warmupTarget: options.LearningRate, warmupSteps: warmup)),
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Callbacks = [new ProgressBar(), new TerminateOnNaN()],
        Seed = options.Seed,
        Threads = options.Threads,
    };
    History history = trainer.Fit(images.Train, options.Epochs, options.BatchSize, images.Test, cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);
    ConfusionMatrix confusion = ConfusionMatrix.Of(images.Test, trainer.Predict(images.Test, cancellationToken: cancel), images.Classes.Count);

    float[] image = new float[images.Test.Inputs[0].Size], truth = new float[1];
    images.Test.ReadInput(0, image);
    images.Test.ReadTarget(0, truth);
    (string file, float[] probabilities) = SavedNetwork.Check(model, predict, image, images.Classes.Count, output);
    string answer = images.Classes[Array.IndexOf(probabilities, probabilities.Max())];
    Console.WriteLine($"\nThe network from {file} takes the first test image for {answer}, with a probability of {probabilities.Max():p1}; true is {images.Classes[(int)truth[0]]}.");
    Console.WriteLine($"Pictures: {string.Join(", ", Pictures.Save(output, title, history, confusion, images.Classes))}");
    Console.WriteLine($"result: accuracy={(double)confusion.Right / confusion.Total:f4} epochs={options.Epochs}");
}
