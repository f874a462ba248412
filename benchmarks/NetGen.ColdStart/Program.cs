using System.Diagnostics;
using NetGen.Benchmarks;

// The smallest program with networks: loads one from a file, predicts one sample, and tells when it began, had the network and had the output, by the clock that
// all processes of the machine share.
long begin = Stopwatch.GetTimestamp();
Action predict = Load(args[0], args[1]);
long loaded = Stopwatch.GetTimestamp();
predict();
long end = Stopwatch.GetTimestamp();
Console.WriteLine($"{begin} {loaded} {end}");

static Action Load(string network, string file)
{
    switch (network)
    {
        case "mlp-tiny":
            MlpTiny mlpTiny = MlpTiny.Load(file);
            return () => mlpTiny.Predict(new float[MlpTiny.InputSize], new float[MlpTiny.OutputSize]);
        case "mlp":
            Mlp mlp = Mlp.Load(file);
            return () => mlp.Predict(new float[Mlp.InputSize], new float[Mlp.OutputSize]);
        case "mlp-wide":
            MlpWide mlpWide = MlpWide.Load(file);
            return () => mlpWide.Predict(new float[MlpWide.InputSize], new float[MlpWide.OutputSize]);
        case "lenet":
            Lenet lenet = Lenet.Load(file);
            return () => lenet.Predict(new float[Lenet.InputSize], new float[Lenet.OutputSize]);
        case "resnet20-cifar":
            Resnet20Cifar resnet20 = Resnet20Cifar.Load(file);
            return () => resnet20.Predict(new float[Resnet20Cifar.InputSize], new float[Resnet20Cifar.OutputSize]);
        case "mobilenetv2":
            Mobilenetv2 mobilenet = Mobilenetv2.Load(file);
            return () => mobilenet.Predict(new float[Mobilenetv2.InputSize], new float[Mobilenetv2.OutputSize]);
        case "squeezenet":
            Squeezenet squeezenet = Squeezenet.Load(file);
            return () => squeezenet.Predict(new float[Squeezenet.InputSize], new float[Squeezenet.OutputSize]);
        case "resnet50":
            Resnet50 resnet50 = Resnet50.Load(file);
            return () => resnet50.Predict(new float[Resnet50.InputSize], new float[Resnet50.OutputSize]);
        case "vgg16":
            Vgg16 vgg = Vgg16.Load(file);
            return () => vgg.Predict(new float[Vgg16.InputSize], new float[Vgg16.OutputSize]);
        default:
            throw new ArgumentException($"no network '{network}'");
    }
}
