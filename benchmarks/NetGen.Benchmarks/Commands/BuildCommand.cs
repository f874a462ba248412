using System.Diagnostics;

namespace NetGen.Benchmarks;

/// <summary>How long <c>dotnet build</c> takes for a project with a network and for the same one without, everything built anew and no compiler waiting.</summary>
internal static class BuildCommand
{
    private const int Rounds = 5;

    private static readonly string[] Options =
        ["--no-restore", "-t:Rebuild", "-p:UseSharedCompilation=false", "-nodeReuse:false", "-v", "q", "--nologo"];

    public static int Run(string network)
    {
        var source = Path.Combine(ChildProgram.Folder, "Networks", network + ".cs");
        if (!File.Exists(source)) throw new UsageException($"build: there is no '{source}'");
        var folder = Directory.CreateTempSubdirectory("netgen-build-");
        try
        {
            var with = Create(folder, "With", File.ReadAllText(source));
            var without = Create(folder, "Without", "");
            var watch = new LoadWatch(Cores.Pin(Environment.ProcessorCount));
            List<double> withSeconds = [], withoutSeconds = [];
            // The first of each brings files into memory and is not counted.
            for (int round = 0; round <= Rounds; round++)
            {
                var (a, b) = (Build(without), Build(with));
                if (round == 0) continue;
                withoutSeconds.Add(a);
                withSeconds.Add(b);
            }
            watch.Report();
            Results.Write(new BuildTimes(network, Summary.Of(withSeconds), Summary.Of(withoutSeconds),
                Results.Rounded(Summary.MedianOf(withSeconds) - Summary.MedianOf(withoutSeconds))));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Build(string project)
    {
        long start = Stopwatch.GetTimestamp();
        ChildProgram.Run("dotnet", ["build", project, .. Options]);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A program that uses NetGen as the package would have it, but for the network; returns its project's file, restored.</summary>
    private static string Create(DirectoryInfo parent, string name, string network)
    {
        var folder = parent.CreateSubdirectory(name).FullName;
        var runtime = ChildProgram.FolderOf("NetGen.ColdStart");
        var generator = ChildProgram.FolderOf("NetGen.GeneratorBenchmark");
        var project = Path.Combine(folder, name + ".csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <Optimize>true</Optimize>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(runtime, "NetGen.dll")}" />
                <Reference Include="{Path.Combine(runtime, "NetGen.Applications.dll")}" />
                <Analyzer Include="{Path.Combine(generator, "NetGen.Generator.dll")}" />
                <Using Include="NetGen" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "Console.WriteLine(typeof(Network));\n");
        File.WriteAllText(Path.Combine(folder, "Model.cs"), network);
        ChildProgram.Run("dotnet", "restore", project, "-v", "q");
        return project;
    }
}
