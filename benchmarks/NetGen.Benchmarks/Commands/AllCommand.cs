using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>Every figure that the table of targets asks for: JSON lines into a file, then the tables. Each is measured by a process of its own.</summary>
internal static class AllCommand
{
    private static readonly string[] Runs =
    [
        "mlp-tiny --batch 1", "mlp --batch 1", "mlp-wide --batch 1",
        "mlp-tiny --batch 64", "mlp --batch 64", "mlp-wide --batch 64",
        "mlp --batch 64 --threads 2", "mlp-wide --batch 64 --threads 2",
        "mlp-tiny --mode train", "mlp --mode train", "mlp-wide --mode train",
        "mlp --mode train --threads 2", "mlp-wide --mode train --threads 2",
        "lenet --batch 1", "lenet --batch 64", "lenet --mode train",
        "attention --batch 1", "attention --batch 1 --peer torchsharp", "attention --mode train",
        "mobilenetv2 --batch 1", "mobilenetv2 --batch 32", "mobilenetv2 --batch 32 --peer torchsharp",
        "squeezenet --batch 1",
        "resnet50 --batch 1", "resnet50 --batch 1 --threads 2", "vgg16 --batch 1", "vgg16 --batch 1 --threads 2",
        "resnet20-cifar --mode train", "resnet20-cifar --mode train --threads 2",
        "lstm --batch 1", "lstm --batch 1 --peer torchsharp", "lstm --batch 32", "lstm --batch 32 --peer torchsharp", "lstm --batch 32 --threads 2",
        "gru --batch 1", "gru --batch 1 --peer torchsharp", "gru --batch 32", "gru --batch 32 --peer torchsharp", "gru --batch 32 --threads 2",
        "lstm-stream-20", "lstm-stream-20 --peer torchsharp", "lstm-stream-64", "lstm-stream-64 --peer torchsharp",
        "seq2seq", "seq2seq --peer torchsharp", "seq2seq --mode train", "seq2seq --mode train --threads 2", "seq2seq-decode", "seq2seq-decode --peer torchsharp",
        "lstm --mode train", "lstm --mode train --threads 2", "gru --mode train", "gru --mode train --threads 2",
        "resnet50 --mode train", "resnet50 --mode train --threads 2", "vgg16 --mode train",
    ];

    private static readonly string[] Others =
    [
        "memory resnet50 --mode train", "memory resnet50", "memory mobilenetv2", "memory vgg16",
        "cold mlp", "cold resnet50", "generator", "build Resnet50", "peak",
    ];

    /// <summary>Measures everything; a run that fails says why on the error stream, and the others go on.</summary>
    public static int Run(string file, double seconds)
    {
        string time = seconds.ToString(CultureInfo.InvariantCulture);
        string[][] commands = [.. Runs.Select(run => $"{run} --seconds {time}".Split(' ')), .. Others.Select(other => other.Split(' '))];
        int failures = 0;
        using (var output = File.CreateText(file))
        {
            foreach (var command in commands)
            {
                Console.Error.WriteLine($"{string.Join(' ', command)} ...");
                using var process = WorkerProcess.Start(command, new Dictionary<string, string>());
                var lines = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0) failures++;
                output.Write(lines);
                output.Flush();
            }
        }
        if (failures < commands.Length) TableCommand.Run(file);
        if (failures > 0) Console.Error.WriteLine($"error: {failures} of {commands.Length} runs failed; the tables lack their figures");
        return failures > 0 ? 1 : 0;
    }
}
